package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Mark;
import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.mail.MailState;
import dev.stagecoach.alerts.mail.ReasonWords;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail of the ledger in a list.
 *
 * @param accountName what its account is called
 */
@TemplateData
record MailLine(OutreachApi.Mail mail, String accountName) {
    public String id() {
        return mail.id();
    }

    public String link() {
        return PageLink.to("/outreach/mails").slash(mail.id()).toString();
    }

    public String account() {
        return mail.account();
    }

    public String accountLink() {
        return AlertsRunner.accountLink(URI.create(""), mail.account());
    }

    public String campaignLink() {
        return PageLink.to("/outreach").slash(mail.campaign()).toString();
    }

    public String campaign() {
        return PageText.titled(mail.campaign());
    }

    public String step() {
        return PageText.spaced(mail.step());
    }

    public String contact() {
        return mail.contact() == null ? "nobody" : mail.contact();
    }

    public String state() {
        return known().map(MailState::words).orElse(mail.state());
    }

    private Optional<MailState> known() {
        return MailState.of(mail.state());
    }

    public boolean isPlanned() {
        return known().equals(Optional.of(MailState.PLANNED));
    }

    public boolean isInDoubt() {
        return known().equals(Optional.of(MailState.UNKNOWN));
    }

    public boolean isHeld() {
        return mail.held();
    }

    public Mark mark() {
        return switch (known().orElse(MailState.UNKNOWN)) {
            case SENT -> Mark.GOOD;
            case PLANNED, SENDING, SUPPRESSED -> Mark.UNKNOWN;
            case FAILED, BOUNCED -> Mark.BAD;
            case UNKNOWN -> Mark.MIDDLING;
        };
    }

    /** Why it is not sent, or what the mail server said last; else why it waits. */
    public @Nullable String reason() {
        if (mail.held() && isPlanned()) {
            return "waits for a person to release it";
        }
        if (mail.reason() != null) {
            return ReasonWords.of(mail.reason());
        }
        return mail.waitsBecause() == null || !isPlanned() ? null : "waits: " + ReasonWords.of(mail.waitsBecause());
    }

    /** When it is due, for one that is to come; else since when it is what it is. */
    public Moment at() {
        return new Moment(isPlanned() ? mail.dueAt() : mail.at());
    }

    public Moment wantedAt() {
        return new Moment(mail.wantedAt());
    }

    public String previewLink() {
        return PageLink.to("/outreach/preview")
                .with("campaign", mail.campaign())
                .with("account", mail.account())
                .with("step", mail.step())
                .with("contact", mail.contact())
                .toString();
    }
}
