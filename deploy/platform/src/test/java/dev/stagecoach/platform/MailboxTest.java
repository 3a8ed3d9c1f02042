package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private Platform platform;
    private Mails mails;

    @BeforeEach
    void start() {
        platform = Platform.start(PlatformOptions.forTests(Part.MAIL));
        mails = new Mails(platform);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void aMailShowsItsEnvelopeHeadersAndBodiesDecoded() throws Exception {
        // When
        mails.send("Schöne Grüße", "ada@example.com");

        // Then
        var mail = platform.mailbox().received().get(0);
        assertThat(mail.from()).isEqualTo("success@example.com");
        assertThat(mail.recipients()).containsExactly("ada@example.com");
        assertThat(mail.subject()).isEqualTo("Schöne Grüße");
        assertThat(mail.header("x-stagecoach-campaign")).contains("training");
        assertThat(mail.header("X-Stagecoach-Occurrence")).isEmpty();
        assertThat(mail.headers().get("To")).containsExactly("ada@example.com");
        assertThat(mail.text()).contains("Grüße");
        assertThat(mail.html()).contains("<p>Grüße</p>");
        assertThat(mail.raw()).asString().contains("X-Stagecoach-Campaign: training\r\n");
    }

    @Test
    void anAttachmentIsNotTheText() throws Exception {
        // Given
        var mail = mails.mail("Report", "ada@example.com");
        mail.setText("a,b");
        mail.setHeader("Content-Disposition", "attachment; filename=report.csv");

        // When
        Transport.send(mail);

        // Then
        assertThat(platform.mailbox().received()).extracting(ReceivedMail::text).containsExactly(Optional.empty());
    }

    @Test
    void aMailToSeveralRecipientsIsReceivedOnce() throws Exception {
        // When
        mails.send("Welcome", "grace@example.com", "ada@example.com");

        // Then
        assertThat(platform.mailbox().received())
                .extracting(ReceivedMail::recipients)
                .containsExactly(List.of("ada@example.com", "grace@example.com"));
        assertThat(mails.subjectsInInboxOf("ada@example.com")).containsExactly("Welcome");
        assertThat(mails.subjectsInInboxOf("grace@example.com")).containsExactly("Welcome");
    }

    @Test
    void recipientsWhoseAddressesHashAlikeAreBothServed() throws Exception {
        // Given
        assertThat("Aa@example.com").hasSameHashCodeAs("BB@example.com");

        // When
        mails.send("one", "Aa@example.com");
        mails.send("two", "BB@example.com");

        // Then
        assertThat(platform.mailbox().received())
                .extracting(ReceivedMail::subject)
                .containsExactly("one", "two");
    }

    @Test
    void aListenerHearsOfEachMailFromThenOnAndMayFail() throws Exception {
        // Given
        var heard = new ArrayList<String>();
        mails.send("before", "ada@example.com");
        platform.mailbox().onReceived(mail -> {
            throw new IllegalStateException("a listener that fails");
        });
        platform.mailbox().onReceived(mail -> heard.add(mail.subject()));

        // When
        mails.send("after", "ada@example.com");

        // Then
        assertThat(heard).containsExactly("after");
        assertThat(platform.mailbox().count()).isEqualTo(2);
    }

    @Test
    void whatIsClearedIsForgotten() throws Exception {
        // Given
        mails.send("before", "ada@example.com");

        // When
        platform.mailbox().clear();
        mails.send("after", "ada@example.com");

        // Then
        assertThat(platform.mailbox().received())
                .extracting(ReceivedMail::subject)
                .containsExactly("after");
    }
}
