package dev.stagecoach.outreach.campaign;

import java.util.Locale;

/** Whether a campaign's mails count towards how many one person gets. */
public enum CapClass {
    COUNTED,
    /** Neither waits for others nor makes others wait. */
    EXEMPT;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The inverse of {@link #wireName()}.
     *
     * @throws IllegalArgumentException naming the accepted values
     */
    public static CapClass of(String wireName) {
        return switch (wireName) {
            case "counted" -> COUNTED;
            case "exempt" -> EXEMPT;
            default -> throw new IllegalArgumentException("cap: " + wireName + " (expected one of: counted, exempt)");
        };
    }
}
