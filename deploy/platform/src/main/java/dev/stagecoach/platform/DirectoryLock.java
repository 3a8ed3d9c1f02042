package dev.stagecoach.platform;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps a directory to one holder. The operating system lets go of it when the holder dies, however that happens. */
public final class DirectoryLock implements AutoCloseable {

    private static final String NAME = "lock";
    private static final long PAUSE_NANOS = 50_000_000;

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock as soon as it is free; empty if someone else holds it for longer than is waited, or an interrupt ends the
     * waiting. The directory is created when absent.
     */
    public static Optional<DirectoryLock> acquire(Path directory, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        var lock = tryAcquire(directory);
        while (lock.isEmpty()
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = tryAcquire(directory);
        }
        return lock;
    }

    private static Optional<DirectoryLock> tryAcquire(Path directory) throws IOException {
        var file = directory.resolve(NAME);
        try {
            Files.createDirectories(directory);
            createWhenAbsent(file);
            var key = key(file);
            return locked(directory, FileChannel.open(file, WRITE), key);
        } catch (NoSuchFileException e) {
            // Whoever held it is deleting the directory at this moment.
            return Optional.empty();
        }
    }

    private static Optional<DirectoryLock> locked(Path directory, FileChannel channel, @Nullable Object key)
            throws IOException {
        boolean kept = false;
        try {
            kept = isLocked(channel) && Objects.equals(key(directory.resolve(NAME)), key);
            return kept ? Optional.of(new DirectoryLock(directory, channel)) : Optional.empty();
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    private static void createWhenAbsent(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // So it need not be created.
        }
    }

    /**
     * What tells the file from another that gets its name: whoever deletes the directory deletes the lock last, and a lock without a name
     * would keep nobody out.
     */
    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this JVM: the same answer as held by another.
            return false;
        }
    }

    /**
     * Deletes all that is in the directory but the lock.
     *
     * @throws IOException if something is left after several attempts
     */
    void deleteContents() throws IOException {
        Directories.deleteContents(directory, NAME);
    }

    /**
     * Deletes the directory, the lock last. Whoever takes the lock after that has a directory of its own, which is left alone.
     *
     * @throws IOException if something is left after several attempts
     */
    void deleteDirectory() throws IOException {
        deleteContents();
        Files.deleteIfExists(directory.resolve(NAME));
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // It is another's already.
        }
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
