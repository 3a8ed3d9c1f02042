package dev.stagecoach.platform;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.TreeMap;

/** Settings of PostgreSQL that hold wherever it runs. */
final class PostgresSettings {

    /** For initdb: the same order of text on every system. */
    static final Map<String, String> LOCALE =
            Map.of("locale", "C", "locale-provider", "builtin", "builtin-locale", "C.UTF-8");

    private PostgresSettings() {}

    static Map<String, String> of(PlatformOptions options) {
        return new TreeMap<>(Map.of(
                "max_connections", "200",
                "timezone", "UTC",
                "log_timezone", "UTC",
                "fsync", options.deleteOnClose() ? "off" : "on",
                // Explicitly, because the embedding library turns it off: a killed server would forget its last
                // commits.
                "synchronous_commit", "on"));
    }

    static String initdbArguments() {
        return new TreeMap<>(LOCALE)
                .entrySet().stream()
                        .map(option -> "--" + option.getKey() + "=" + option.getValue())
                        .collect(joining(" "));
    }
}
