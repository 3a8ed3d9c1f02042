package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.local.MailTrap.Stage;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * outreach-service is killed at each point of the way from a planned mail to the mail server and back, the mail server hangs up
 * at each stage of the conversation, and the service is frozen while it hands mails over that are sent again by another meanwhile. No mail
 * goes out twice, none is lost, and in doubt are exactly those that were marked when the service was killed, or for which content was under
 * way when the server hung up.
 */
class KillTheOutreachServiceIT {

    private static final int MAILS = 12;
    private static final int CUTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private final SoftAssertions softly = new SoftAssertions();
    private final Map<String, String> table = new LinkedHashMap<>();

    @Test
    void noMailIsSentTwiceOrLostAndOnlyThoseAfterDataAreInDoubt() throws SQLException {
        try (var outreach = new OutreachAlone(directory)) {
            outreach.start();
            killedBeforeTheClaim(outreach);
            killedAt(outreach, Stage.RCPT, "after claim, before DATA");
            killedAt(outreach, Stage.DATA, "after DATA, before the content");
            killedAt(outreach, Stage.DOT, "after DATA, before reply");
            killedAfterTheReply(outreach);
            for (var stage : Stage.values()) {
                cutAt(outreach, stage);
            }
            frozenBeforeTheDot(outreach);
        }

        System.out.println("| what breaks | mails | sent | twice | lost | doubtful |\n|---|---|---|---|---|---|");
        table.forEach((what, figures) -> System.out.println("| " + what + " | " + figures + " |"));
        softly.assertAll();
    }

    private void killedBeforeTheClaim(OutreachAlone outreach) {
        // Given
        outreach.mails.shut();
        outreach.customer("early", MAILS);
        outreach.awaitDue("early", MAILS);

        // When
        outreach.kill();
        outreach.mails.reopen();
        outreach.start();

        // Then
        judge(outreach, "killed before claim", "early", Set.of());
    }

    private void killedAt(OutreachAlone outreach, Stage stage, String point) {
        // Given
        var account = "killed-" + stage.name().toLowerCase(Locale.ROOT);
        outreach.mails.holdAt(stage);
        outreach.customer(account, MAILS);
        await().atMost(PATIENCE).until(() -> outreach.mails.held() == OutreachAlone.CONNECTIONS);

        // When
        outreach.kill();
        var doubtful = begunAndNotRecorded(outreach, account);
        outreach.mails.letGo();
        outreach.start();

        // Then
        softly.assertThat(doubtful.isEmpty()).as(point).isEqualTo(!stage.isAfterData());
        judge(outreach, "killed " + point, account, doubtful);
    }

    private void killedAfterTheReply(OutreachAlone outreach) throws SQLException {
        // Given
        outreach.mails.holdAt(Stage.DOT);
        outreach.customer("replied", MAILS);
        await().atMost(PATIENCE).until(() -> outreach.mails.held() == OutreachAlone.CONNECTIONS);
        int replies = outreach.mails.replies();
        Set<String> doubtful;
        try (var connection = outreach.database();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select id from delivery where account = 'replied' for update");
            outreach.mails.letGo();
            await().atMost(PATIENCE).until(() -> outreach.mails.replies() == replies + OutreachAlone.CONNECTIONS);
            await().atMost(PATIENCE).until(() -> waitForTheLock(outreach));

            // When
            outreach.kill();
            await().atMost(PATIENCE).until(() -> !waitForTheLock(outreach));
            connection.rollback();
            doubtful = begunAndNotRecorded(outreach, "replied");
        }
        outreach.start();

        // Then
        softly.assertThat(doubtful).as("after reply").isNotEmpty();
        judge(outreach, "killed after reply, before record", "replied", doubtful);
    }

    private static boolean waitForTheLock(OutreachAlone outreach) {
        return !outreach.query("select pid::text, state from pg_stat_activity where wait_event_type = ?", "Lock")
                .isEmpty();
    }

    private void cutAt(OutreachAlone outreach, Stage stage) {
        // Given
        var account = "cut-" + stage.name().toLowerCase(Locale.ROOT);
        outreach.mails.cutAt(stage, CUTS);

        // When
        outreach.customer(account, MAILS);
        outreach.awaitEnds(account, MAILS);

        // Then
        var ledger = outreach.ledger(account);
        softly.assertThat(outreach.mails.cutsLeft()).as("cuts at " + stage).isZero();
        var doubtful = in(ledger, "unknown");
        softly.assertThat(doubtful).as("in doubt, cut at " + stage).hasSize(stage.isAfterContent() ? CUTS : 0);
        judge(outreach, "connection cut at " + stage, account, doubtful);
    }

    private void frozenBeforeTheDot(OutreachAlone outreach) {
        // Given
        outreach.mails.holdAt(Stage.DATA);
        outreach.customer("frozen", MAILS);
        await().atMost(PATIENCE).until(() -> outreach.mails.held() == OutreachAlone.CONNECTIONS);
        outreach.freeze();
        outreach.mails.letGo();
        outreach.startAnother();
        await().atMost(PATIENCE)
                .until(() -> in(outreach.ledger("frozen"), "unknown").size() == OutreachAlone.CONNECTIONS);
        sendAgain(outreach, in(outreach.ledger("frozen"), "unknown"));
        await().atMost(PATIENCE)
                .until(() -> in(outreach.ledger("frozen"), "sent").size() == MAILS);
        int ended = endedConversations(outreach);

        // When
        outreach.thaw();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(endedConversations(outreach) - ended)
                        .as("ended conversations of the one that was frozen")
                        .isEqualTo(OutreachAlone.CONNECTIONS));
        judge(outreach, "frozen after DATA, sent again by another", "frozen", Set.of());
    }

    /** Those in which the server had asked for the content of a mail. */
    private static int endedConversations(OutreachAlone outreach) {
        return outreach.mails.takenBack() + outreach.mails.received().size();
    }

    private static void sendAgain(OutreachAlone outreach, Set<String> mails) {
        var api = new LocalApi(service -> outreach.addressOfTheOther(), ServiceSettings.TOKEN, ServiceSettings.TOKEN);
        mails.forEach(mail -> api.post(
                Service.OUTREACH,
                "/v1/messages/" + mail + "/resolve",
                Map.of("as", "send-again", "by", "test", "reason", "the mail server does not have it")));
    }

    private static Set<String> begunAndNotRecorded(OutreachAlone outreach, String account) {
        var ledger = outreach.ledger(account);
        var doubtful = new HashSet<>(ledger.keySet());
        doubtful.retainAll(outreach.mails.begun());
        doubtful.removeAll(in(ledger, "sent"));
        return doubtful;
    }

    private void judge(OutreachAlone outreach, String what, String account, Set<String> doubtful) {
        outreach.awaitEnds(account, MAILS);
        var ledger = outreach.ledger(account);
        var received = outreach.mails.received();
        var twice = ledger.keySet().stream()
                .filter(id -> received.stream().filter(id::equals).count() > 1)
                .toList();
        var sent = in(ledger, "sent");
        var unknown = in(ledger, "unknown");
        var lost = ledger.keySet().stream()
                .filter(id -> !unknown.contains(id))
                .filter(id -> !sent.contains(id) || !received.contains(id))
                .toList();
        table.put(
                what,
                String.join(
                        " | ",
                        List.of(
                                Integer.toString(ledger.size()),
                                Integer.toString(sent.size()),
                                Integer.toString(twice.size()),
                                Integer.toString(lost.size()),
                                Integer.toString(unknown.size()))));
        softly.assertThat(twice).as(what + ": twice").isEmpty();
        softly.assertThat(lost).as(what + ": lost").isEmpty();
        softly.assertThat(unknown).as(what + ": doubtful").isEqualTo(doubtful);
        outreach.messageIdsOfDoubtful(account)
                .forEach((id, messageId) -> softly.assertThat(messageId)
                        .as(what + ": what to look for at the mail server")
                        .startsWith("<" + id + "@"));
        assertThat(ledger).hasSize(MAILS);
    }

    private static Set<String> in(Map<String, String> ledger, String state) {
        return ledger.entrySet().stream()
                .filter(mail -> mail.getValue().equals(state))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
