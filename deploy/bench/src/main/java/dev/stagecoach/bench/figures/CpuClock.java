package dev.stagecoach.bench.figures;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The processor time that a process and its children take from now on, also those that come and go meanwhile. */
public final class CpuClock {

    private final Optional<ProcessHandle> process;
    private final @Nullable Long before;

    private CpuClock(Optional<ProcessHandle> process) {
        this.process = process;
        this.before = millis();
    }

    /**
     * Begins to count.
     *
     * @param process empty where it cannot be known
     */
    public static CpuClock start(Optional<ProcessHandle> process) {
        return new CpuClock(process);
    }

    /** In seconds since the start; null when unknown. */
    public @Nullable Double seconds() {
        var now = millis();
        return before == null || now == null ? null : (now - before) / 1000.0;
    }

    private @Nullable Long millis() {
        if (process.isEmpty() || ProcFile.cpuMillis(process.get().pid()).isEmpty()) {
            return null;
        }
        return Stream.concat(Stream.of(process.get()), process.get().descendants())
                .map(member -> ProcFile.cpuMillis(member.pid()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .sum();
    }
}
