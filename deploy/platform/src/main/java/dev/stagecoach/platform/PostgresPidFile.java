package dev.stagecoach.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The file by which PostgreSQL says who serves a data directory. */
final class PostgresPidFile {

    private static final long STOP_TIMEOUT_SECONDS = 30;

    private final Path dataDirectory;
    private final Path file;

    PostgresPidFile(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        this.file = dataDirectory.resolve("postmaster.pid");
    }

    /**
     * Ends the server of this directory, if there is one, and waits until it is gone. Nothing else is ended: when the
     * process of that number is another program by now, only the file is removed, which would keep a server from
     * starting.
     */
    void endServer() {
        var process = process();
        if (process.isEmpty()) {
            return;
        }
        if (servesThisDirectory(process.get())) {
            end(process.get());
        } else {
            delete();
        }
    }

    /** Tells the server of this directory, if there is one, to stop without waiting for its clients. */
    void requestStop() {
        process().filter(this::servesThisDirectory).ifPresent(PostgresPidFile::interrupt);
    }

    /** Whoever has that number now, unless it is a stranger's, of which nothing can be known. */
    Optional<ProcessHandle> process() {
        return pid().flatMap(ProcessHandle::of)
                .filter(process -> process.info().command().isPresent());
    }

    private Optional<Long> pid() {
        try {
            return Files.readAllLines(file).stream().findFirst().map(line -> Long.valueOf(line.strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable: " + file, e);
        }
    }

    private boolean servesThisDirectory(ProcessHandle process) {
        var info = process.info();
        // Nothing is told of a process that has ended meanwhile.
        return info.command().filter(command -> command.endsWith("/postgres")).isPresent()
                && Stream.of(info.arguments().orElseGet(() -> new String[0])).anyMatch(this::isThisDirectory);
    }

    private boolean isThisDirectory(String argument) {
        try {
            return argument.startsWith("/") && Files.isSameFile(Path.of(argument), dataDirectory);
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops a server without waiting for its clients, and returns when its process is gone. */
    static void end(ProcessHandle process) {
        if (!process.isAlive()) {
            return;
        }
        interrupt(process);
        try {
            process.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The signal for "end all sessions and stop", which Java itself cannot send. */
    private static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
