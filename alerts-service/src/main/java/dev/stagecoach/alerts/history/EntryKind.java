package dev.stagecoach.alerts.history;

import java.util.Arrays;
import java.util.Optional;

/** What an entry of a timeline is about. Among entries of one instant, those of a later kind come later: they may be effects. */
public enum EntryKind {
    ACT("act", "Facts changed"),
    USAGE("usage", "Usage"),
    MILESTONE("milestone", "Milestones"),
    FEATURE("feature", "Features"),
    STAGE("stage", "Stages"),
    HEALTH("health", "Health"),
    MAIL("mail", "Mails"),
    ANSWER("answer", "Answers"),
    ALERT("alert", "Alerts");

    private final String wireName;
    private final String label;

    EntryKind(String wireName, String label) {
        this.wireName = wireName;
        this.label = label;
    }

    public String wireName() {
        return wireName;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** The inverse of {@link #wireName()}; empty for any other text. */
    public static Optional<EntryKind> byWireName(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(name))
                .findFirst();
    }
}
