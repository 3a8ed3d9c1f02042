package dev.stagecoach.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.FileUtils;

final class Directories {

    /** A broker on a busy machine takes some seconds to end. */
    private static final int ATTEMPTS = 100;

    private static final long PAUSE_NANOS = 100_000_000;

    private Directories() {}

    /**
     * Deletes a directory with all that is in it, also while a process that is about to end still writes there.
     *
     * @throws IOException if something is left after several attempts
     */
    static void delete(Path directory) throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            if (FileUtils.deleteQuietly(directory.toFile())) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        FileUtils.deleteDirectory(directory.toFile());
    }
}
