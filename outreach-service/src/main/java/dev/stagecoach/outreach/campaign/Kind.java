package dev.stagecoach.outreach.campaign;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a reader can opt out of. */
public enum Kind {
    ONBOARDING,
    CHECK_INS,
    RECAPS,
    HEALTH,
    ENABLEMENT;

    /** The name in files, tables and links, {@code check-ins} for instance. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The inverse of {@link #wireName()}.
     *
     * @throws IllegalArgumentException naming the accepted values
     */
    public static Kind of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind: " + wireName + " (expected one of: "
                        + Arrays.stream(values()).map(Kind::wireName).collect(Collectors.joining(", ")) + ")"));
    }
}
