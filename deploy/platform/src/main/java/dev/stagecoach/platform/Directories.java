package dev.stagecoach.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.FileUtils;

final class Directories {

    /** A broker on a busy machine takes some seconds to end. */
    private static final int ATTEMPTS = 100;

    private static final long PAUSE_NANOS = 100_000_000;

    private Directories() {}

    /**
     * Deletes all that is in a directory but one file, also while a process that is about to end still writes there.
     *
     * @param spared the name of that file
     * @throws IOException if something is left after several attempts
     */
    static void deleteContents(Path directory, String spared) throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            contents(directory, spared).forEach(path -> FileUtils.deleteQuietly(path.toFile()));
            if (contents(directory, spared).isEmpty()) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        for (var path : contents(directory, spared)) {
            FileUtils.forceDelete(path.toFile());
        }
    }

    private static List<Path> contents(Path directory, String spared) throws IOException {
        try (var contents = Files.list(directory)) {
            return contents.filter(path -> !path.endsWith(spared)).toList();
        }
    }
}
