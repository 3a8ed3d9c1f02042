package dev.stagecoach.alerts.history;

import java.util.Arrays;
import java.util.Optional;

/** What an entry of a timeline is about. Among entries of one instant, those of a higher rank come later: they may be effects. */
public enum EntryKind {
    ACT(0, "act", "Facts changed"),
    USAGE(1, "usage", "Usage"),
    MILESTONE(2, "milestone", "Milestones"),
    FEATURE(3, "feature", "Features"),
    STAGE(4, "stage", "Stages"),
    HEALTH(5, "health", "Health"),
    MAIL(6, "mail", "Mails"),
    ANSWER(7, "answer", "Answers"),
    ALERT(8, "alert", "Alerts");

    private final int rank;
    private final String wireName;
    private final String label;

    EntryKind(int rank, String wireName, String label) {
        this.rank = rank;
        this.wireName = wireName;
        this.label = label;
    }

    /** Its place among entries of one instant; stored, and so never changed. */
    public int rank() {
        return rank;
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
