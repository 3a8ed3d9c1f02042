package dev.stagecoach.local;

import com.sun.management.OperatingSystemMXBean;
import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is enough memory for the stack. */
final class Memory {

    /** Measured at the end of the sample, all processes together, and rounded up. */
    static final long NEEDED_MB = 2048;

    /** At most, by their heaps and what a JVM needs besides. */
    private static final long NEEDED_BY_A_BROKER_MB = 700;

    private static final long NEEDED_BY_A_REPLICA_MB = 400;

    private static final Path LINUX = Path.of("/proc/meminfo");
    private static final long MB = 1024 * 1024;

    private Memory() {}

    /** @throws Complaint if there is too little, as far as that can be known */
    static void requireEnough(Size size) {
        requireEnough(
                availableMb(),
                NEEDED_MB
                        + (size.brokers() - 1L) * NEEDED_BY_A_BROKER_MB
                        + (size.replicas() - 1L) * Service.values().length * NEEDED_BY_A_REPLICA_MB);
    }

    static void requireEnough(long availableMb, long neededMb) {
        if (availableMb < neededMb) {
            throw new Complaint(
                    "There are %d MB of memory available, and the stack needs %d: close other programs first."
                            .formatted(availableMb, neededMb));
        }
    }

    /** What the system could hand out. Where only the installed memory is known, that. Never more than a container's limit. */
    private static long availableMb() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long installed = system.getTotalMemorySize() / MB;
        return Math.min(installed, linuxAvailableMb(installed));
    }

    private static long linuxAvailableMb(long otherwise) {
        if (!Files.isReadable(LINUX)) {
            return otherwise;
        }
        try (var lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
