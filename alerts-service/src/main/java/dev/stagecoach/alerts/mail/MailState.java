package dev.stagecoach.alerts.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a mail, as outreach-service's ledger says. */
public enum MailState {
    PLANNED("planned"),
    SENDING("being sent"),
    SENT("sent"),
    SUPPRESSED("not sent"),
    FAILED("failed"),
    BOUNCED("bounced"),
    UNKNOWN("in doubt");

    private final String words;

    MailState(String words) {
        this.words = words;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    /** Empty for a state that this version does not know. */
    public static Optional<MailState> of(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(wireName))
                .findFirst();
    }
}
