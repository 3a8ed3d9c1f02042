package dev.stagecoach.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A file with the processes that a stack has started, so that what a killed stack leaves behind can be ended: those processes
 * and no others. A process is told by its id and the instant of its start, since ids are used again.
 */
public final class ProcessRecord {

    /** The boot time from which start instants are computed can differ by a second between two JVMs. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path file;

    ProcessRecord(Path file) {
        this.file = file;
    }

    private record Entry(long pid, Instant startedAt, String name) {

        static Entry parse(String line) {
            var parts = line.split(" ", 3);
            return new Entry(Long.parseLong(parts[0]), Instant.parse(parts[1]), parts[2]);
        }

        String line() {
            return pid + " " + startedAt + " " + name;
        }

        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .startInstant()
                            .filter(start ->
                                    Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
                            .isPresent());
        }
    }

    public synchronized void add(ProcessHandle process, String name) {
        var entries = read();
        entries.add(new Entry(process.pid(), process.info().startInstant().orElseGet(Instant::now), name));
        write(entries);
    }

    public synchronized void remove(ProcessHandle process) {
        var entries = read();
        entries.removeIf(entry -> entry.pid() == process.pid());
        write(entries);
    }

    /** Ends what still runs of it, forcibly if need be, and forgets all. */
    public void endAll() {
        endAll(PATIENCE);
    }

    /** @param patience how long to wait before it is ended forcibly */
    synchronized void endAll(Duration patience) {
        var processes =
                read().stream().flatMap(entry -> entry.process().stream()).toList();
        processes.forEach(ProcessHandle::destroy);
        if (!haveEnded(processes, patience)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            haveEnded(processes, PATIENCE);
        }
        write(List.of());
    }

    private static boolean haveEnded(List<ProcessHandle> processes, Duration patience) {
        var all = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Entry> read() {
        try {
            return new ArrayList<>(
                    Files.readAllLines(file).stream().map(Entry::parse).toList());
        } catch (NoSuchFileException e) {
            return new ArrayList<>();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<Entry> entries) {
        try {
            Files.write(file, entries.stream().map(Entry::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
