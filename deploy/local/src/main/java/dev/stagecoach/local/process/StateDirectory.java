package dev.stagecoach.local.process;

import dev.stagecoach.platform.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The directory of a local stack, {@code .stagecoach}: kept data, data that will be deleted, logs, and the record of processes.
 * Only one stack at a time may hold it; the operating system lets go of it however the holder ends.
 */
public final class StateDirectory implements AutoCloseable {

    /** While the guardian of a stack that was killed still ends its services. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path path;
    private final DirectoryLock lock;

    private StateDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes it, and creates it when absent. Waits some seconds for a guardian that is still ending what a killed stack left running.
     *
     * @throws Complaint if another stack runs there
     */
    public static StateDirectory open(Path path) {
        try {
            Files.createDirectories(path.resolve("logs"));
            var lock = DirectoryLock.acquire(path, PATIENCE)
                    .orElseThrow(() -> new Complaint("Stagecoach is running already in " + path
                            + ": stop it with Ctrl-C first, or start this one from another checkout."));
            return new StateDirectory(path, lock);
        } catch (IOException e) {
            throw new Complaint("The directory " + path + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    public Path data(boolean keep) {
        return path.resolve(keep ? "data" : "temporary");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    public ProcessRecord processes() {
        return new ProcessRecord(path.resolve("processes"));
    }

    @Override
    public void close() {
        lock.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
