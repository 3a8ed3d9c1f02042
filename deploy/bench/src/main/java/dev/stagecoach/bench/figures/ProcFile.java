package dev.stagecoach.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** What Linux tells about a process. Elsewhere, and once the process is gone, nothing. */
final class ProcFile {

    /** A tick of /proc is a hundredth of a second on every architecture, whatever the kernel counts in. */
    private static final long TICK_MILLIS = 10;

    /** Fields after the name in brackets, which itself may hold anything: state is 0. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;
    private static final int ENDED_CHILDREN_USER_TICKS = 13;
    private static final int ENDED_CHILDREN_SYSTEM_TICKS = 14;

    private ProcFile() {}

    /** Processor time of a process and of its children that have ended, in milliseconds. */
    static OptionalLong cpuMillis(long pid) {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TICKS])
                    + Long.parseLong(fields[SYSTEM_TICKS])
                    + Long.parseLong(fields[ENDED_CHILDREN_USER_TICKS])
                    + Long.parseLong(fields[ENDED_CHILDREN_SYSTEM_TICKS]);
            return OptionalLong.of(Duration.ofMillis(ticks * TICK_MILLIS).toMillis());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The most memory that a process ever had in use at once, in kilobytes. */
    static OptionalLong peakMemoryKb(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
