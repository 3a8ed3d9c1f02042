package dev.stagecoach.platform;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Keeps a directory to one platform. The operating system lets go of it when the holder dies, however that happens. */
final class DirectoryLock implements AutoCloseable {

    private static final long PAUSE_NANOS = 50_000_000;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock as soon as it is free; empty if someone else holds it for longer than is waited. The directory is
     * created when absent.
     */
    static Optional<DirectoryLock> acquire(Path directory, Duration patience) throws IOException {
        var file = Files.createDirectories(directory).resolve("lock");
        long deadline = System.nanoTime() + patience.toNanos();
        var lock = tryAcquire(file);
        while (lock.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = tryAcquire(file);
        }
        return lock;
    }

    private static Optional<DirectoryLock> tryAcquire(Path file) throws IOException {
        var channel = FileChannel.open(file, CREATE, WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new DirectoryLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by this JVM: the same answer as held by another.
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new PlatformException("The directory's lock was not released.", e);
        }
    }
}
