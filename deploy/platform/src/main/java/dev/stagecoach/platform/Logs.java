package dev.stagecoach.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts log to. */
final class Logs {

    private Logs() {}

    /** A file in the directory for logs, which exists then. */
    static Path file(PlatformOptions options, String name) {
        try {
            return Files.createDirectories(options.directory().resolve("logs")).resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for logs", e);
        }
    }
}
