package dev.stagecoach.lifecycle.policy;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What health is measured by, by the names that policy files and decisions carry. */
public enum Measure {
    MAU_PER_SEAT("mau-per-seat", "MAU per seat", Kind.RATIO),
    DAU_PER_MAU("dau-per-mau", "DAU per MAU", Kind.RATIO),
    /** Releases that are newer than the one that the instance furthest behind runs. */
    VERSIONS_BEHIND("versions-behind", "versions behind", Kind.NUMBER),
    DEFECT_TICKETS("defect-tickets-90-days", "defect tickets in 90 days", Kind.NUMBER),
    HELP_TICKETS("help-tickets-90-days", "help tickets in 90 days", Kind.NUMBER),
    DAYS_SINCE_LAST_CONTACT("days-since-last-contact", "days since last contact", Kind.NUMBER),
    CHAMPION_ACTIVE("champion-active", "champion active", Kind.YES_OR_NO),
    BUYER_ACCESS("buyer-access", "access to buyer", Kind.YES_OR_NO),
    PULSE("pulse", "pulse", Kind.RATING);

    /** What its values are. */
    public enum Kind {
        /** A fraction; 1 is 100 %. */
        RATIO,
        NUMBER,
        YES_OR_NO,
        /** {@code healthy}, {@code concerning} or {@code poor}. */
        RATING
    }

    private final String wireName;
    private final String label;
    private final Kind kind;

    Measure(String wireName, String label, Kind kind) {
        this.wireName = wireName;
        this.label = label;
        this.kind = kind;
    }

    public String wireName() {
        return wireName;
    }

    /** Its name in sentences. */
    public String label() {
        return label;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * The inverse of {@link #wireName()}.
     *
     * @throws IllegalArgumentException naming the accepted values
     */
    public static Measure of(String wireName) {
        return Arrays.stream(values())
                .filter(measure -> measure.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("measure: " + wireName + " (expected one of: "
                        + Arrays.stream(values()).map(Measure::wireName).collect(Collectors.joining(", ")) + ")"));
    }
}
