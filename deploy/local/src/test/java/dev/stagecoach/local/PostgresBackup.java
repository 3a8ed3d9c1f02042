package dev.stagecoach.local;

import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All databases of a stack as they were at a moment.
 *
 * @param server the one that has them
 * @param data where it has them
 * @param copy where they are kept
 */
record PostgresBackup(Server server, Path data, Path copy) {

    /** Takes it while everybody else goes on, and finds PostgreSQL away for a moment. */
    static PostgresBackup take(LocalStack local, Path copy) {
        var server = local.stack().platform().servers().stream()
                .filter(candidate -> candidate.toString().equals(Part.POSTGRES.toString()))
                .findAny()
                .orElseThrow();
        var backup = new PostgresBackup(server, local.state().data(false).resolve("postgres"), copy);
        server.kill();
        // It recovers from its log, as from any copy of its disk.
        copy(backup.data, backup.copy);
        server.start();
        return backup;
    }

    /** Ends PostgreSQL, loses all that it has, and starts it with what it had at the backup. */
    void loseAndRestore() {
        server.kill();
        run("rm", "-r", data.toString());
        copy(copy, data);
        server.start();
    }

    private static void copy(Path from, Path to) {
        run("cp", "-a", from.toString(), to.toString());
        try {
            // The backup is nobody's running server.
            Files.deleteIfExists(to.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
