package dev.stagecoach.alerts.usage;

import java.util.Locale;

/** Which way a target is crossed. */
public enum Crossing {
    REACHED,
    LOST;

    /** The name in alerts. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The inverse of {@link #wireName()}. */
    public static Crossing of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
