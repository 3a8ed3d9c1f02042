package dev.stagecoach.alerts.act;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where an alert stands. */
public enum AlertState {
    /** Somebody should look. */
    OPEN,
    /** Somebody knows. */
    ACKNOWLEDGED,
    /** Put off until an instant, at which it is open again. */
    SNOOZED;

    /** The name in JSON, in tables and in query parameters. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AlertState> byWireName(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(wireName))
                .findFirst();
    }

    /** All names, for messages that say what was expected. */
    public static String accepted() {
        return Arrays.stream(values()).map(AlertState::wireName).collect(Collectors.joining(", "));
    }
}
