package dev.stagecoach.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/** What {@link Caretaker} runs. */
final class CaretakerMain {

    private CaretakerMain() {}

    /**
     * Waits for the end of stdin, then tidies up.
     *
     * @param arguments the platform's directory, PostgreSQL's data directory, and whether to delete the former
     */
    public static void main(String[] arguments) throws IOException {
        var directory = Path.of(arguments[0]);
        var postgres = new PostgresPidFile(Path.of(arguments[1]));
        boolean delete = Boolean.parseBoolean(arguments[2]);
        System.in.transferTo(OutputStream.nullOutputStream());
        tidyUp(directory, postgres, delete);
    }

    /** Holds the lock until all is done: whoever starts here meanwhile waits, and its server and data are not these. */
    static void tidyUp(Path directory, PostgresPidFile postgres, boolean delete) throws IOException {
        // A dying process closes its pipes before its locks, perhaps. Whoever still holds the lock after that has
        // started here again already, and has ended the server itself.
        var lock = DirectoryLock.acquire(directory, Duration.ofSeconds(5));
        if (lock.isEmpty()) {
            return;
        }
        try (var held = lock.get()) {
            if (delete) {
                postgres.endServer();
                held.deleteDirectory();
            } else {
                postgres.requestStop();
            }
        }
    }
}
