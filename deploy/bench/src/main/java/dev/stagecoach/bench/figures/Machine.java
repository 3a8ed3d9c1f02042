package dev.stagecoach.bench.figures;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were measured on.
 *
 * @param memoryMb installed, or the container's limit
 * @param loadBefore the mean number of busy processes in the minute before the run; negative where the system does not tell
 */
public record Machine(int cores, String processor, long memoryMb, String java, String system, double loadBefore) {

    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final long MB = 1024 * 1024;

    /** This one, now. */
    public static Machine here() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                processorName(),
                system.getTotalMemorySize() / MB,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                system.getSystemLoadAverage());
    }

    private static String processorName() {
        if (!Files.isReadable(LINUX)) {
            return "unknown";
        }
        try (var lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
