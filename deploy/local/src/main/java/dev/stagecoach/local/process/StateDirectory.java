package dev.stagecoach.local.process;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of a local stack, {@code .stagecoach}: kept data, data that will be deleted, logs, and the record of processes.
 * Only one stack at a time may hold it; the operating system lets go of it however the holder ends.
 */
public final class StateDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private StateDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes it, and creates it when absent.
     *
     * @throws Complaint if another stack runs there
     */
    public static StateDirectory open(Path path) {
        try {
            Files.createDirectories(path.resolve("logs"));
            var channel = FileChannel.open(path.resolve("lock"), CREATE, WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new Complaint("Stagecoach is running already in " + path
                        + ": stop it with Ctrl-C first, or start this one from another checkout.");
            }
            return new StateDirectory(path, channel);
        } catch (IOException e) {
            throw new Complaint("The directory " + path + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this JVM: the same answer as held by another.
            return false;
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
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
