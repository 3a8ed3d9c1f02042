package dev.stagecoach.bench.figures;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Watches a process. What it read last stays known when the process has ended. */
public final class ProcessMeter {

    private final ProcessHandle process;
    private OptionalLong cpuMillis = OptionalLong.empty();
    private OptionalLong peakKb = OptionalLong.empty();

    public ProcessMeter(ProcessHandle process) {
        this.process = process;
        look();
    }

    /** Reads the figures now. */
    public void look() {
        var cpu = ProcFile.cpuMillis(process.pid());
        if (cpu.isEmpty()) {
            // Where there is no /proc.
            cpu = process.info()
                    .totalCpuDuration()
                    .map(time -> OptionalLong.of(time.toMillis()))
                    .orElse(cpu);
        }
        cpuMillis = cpu.isPresent() ? cpu : cpuMillis;
        var peak = ProcFile.peakMemoryKb(process.pid());
        peakKb = peak.isPresent() ? peak : peakKb;
    }

    /** Processor time in seconds since the process began; null when unknown. */
    public @Nullable Double cpuSeconds() {
        return cpuMillis.isPresent() ? cpuMillis.getAsLong() / 1000.0 : null;
    }

    /** The most memory it ever used at once, in megabytes; null when unknown. */
    public @Nullable Double peakMemoryMb() {
        return peakKb.isPresent() ? peakKb.getAsLong() / 1024.0 : null;
    }
}
