package dev.stagecoach.local;

import com.sun.management.OperatingSystemMXBean;
import dev.stagecoach.local.process.Complaint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is enough memory for the stack. */
final class Memory {

    /** Measured at the end of the sample, all processes together, and rounded up. */
    static final long NEEDED_MB = 2048;

    private static final Path LINUX = Path.of("/proc/meminfo");
    private static final long MB = 1024 * 1024;

    private Memory() {}

    /** @throws Complaint if there is too little, as far as that can be known */
    static void requireEnough() {
        requireEnough(availableMb());
    }

    static void requireEnough(long availableMb) {
        if (availableMb < NEEDED_MB) {
            throw new Complaint(
                    "There are %d MB of memory available, and the stack needs %d: close other programs first."
                            .formatted(availableMb, NEEDED_MB));
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
