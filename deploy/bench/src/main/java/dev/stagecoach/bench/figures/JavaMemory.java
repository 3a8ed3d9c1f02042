package dev.stagecoach.bench.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM uses.
 *
 * @param heapMb in use after a full collection; null when unknown
 * @param residentMb of the process, as the operating system counts it; null when unknown
 */
public record JavaMemory(@Nullable Double heapMb, @Nullable Double residentMb) {

    private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");
    private static final double KB_PER_MB = 1024;

    /** Makes it collect its garbage, and looks. */
    public static JavaMemory of(long pid) {
        jcmd(pid, "GC.run");
        return new JavaMemory(heapMb(jcmd(pid, "GC.heap_info")), residentMb(pid));
    }

    /** Adds up the spaces of the heap, which stand before the metaspace. */
    static @Nullable Double heapMb(String info) {
        int metaspace = info.indexOf("Metaspace");
        var used = USED.matcher(metaspace < 0 ? info : info.substring(0, metaspace))
                .results()
                .toList();
        return used.isEmpty()
                ? null
                : used.stream()
                                .mapToDouble(one -> Double.parseDouble(one.group(1)))
                                .sum()
                        / KB_PER_MB;
    }

    /** Without a collection. */
    public static @Nullable Double residentMb(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(text -> text.startsWith("VmRSS:"))
                    .map(text -> Double.parseDouble(text.replaceAll("\\D", "")) / KB_PER_MB)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** Has a JVM do something, by Java's own tool for that; what it says, or nothing if it cannot be asked. */
    public static String jcmd(long pid, String... command) {
        var all = new ArrayList<String>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        all.add(Long.toString(pid));
        all.addAll(List.of(command));
        try {
            var process = new ProcessBuilder(all).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
