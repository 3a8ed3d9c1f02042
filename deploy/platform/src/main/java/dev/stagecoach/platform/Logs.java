package dev.stagecoach.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts log to. */
final class Logs {

    private static final int SHOWN_LINES = 40;

    private Logs() {}

    /** A file in the directory for logs, which exists then. */
    static Path file(PlatformOptions options, String name) {
        try {
            return Files.createDirectories(options.directory().resolve("logs")).resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for logs", e);
        }
    }

    /** For the message of a part that did not start: the directory with its log may be gone when that is read. */
    static String endOf(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
