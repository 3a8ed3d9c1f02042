package dev.stagecoach.bench.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a JVM says about its garbage collections when it is asked to by {@link #option}. */
public final class GcLog {

    /** For instance {@code GC(7) Pause Young (Allocation Failure) 141M->20M(247M) 3.123ms}. */
    private static final Pattern PAUSE =
            Pattern.compile("\\bPause .* \\d+[KMG]->(\\d+)([KMG])\\(\\d+[KMG]\\) ([\\d.]+)ms");

    private GcLog() {}

    /** The option of Java that has it written. */
    public static String option(Path file) {
        return "-Xlog:gc:file=" + file;
    }

    /**
     * The most of all collections.
     *
     * @param heapAfterMb how much of the heap was in use after one, garbage that it left standing among it; null without a collection
     * @param pauseMillis how long one stopped everything
     */
    public record Most(
            @Nullable Double heapAfterMb, @Nullable Double pauseMillis) {}

    /** Reads what was written until now. */
    public static Most most(Path file) {
        try (var lines = Files.lines(file)) {
            var pauses = lines.map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .map(found ->
                            new Pause(megabytes(found.group(1), found.group(2)), Double.parseDouble(found.group(3))))
                    .toList();
            Optional<Double> heap = pauses.stream().map(Pause::heapAfterMb).max(Double::compare);
            Optional<Double> longest = pauses.stream().map(Pause::millis).max(Double::compare);
            return new Most(heap.orElse(null), longest.orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Pause(double heapAfterMb, double millis) {}

    private static double megabytes(String number, String unit) {
        double value = Double.parseDouble(number);
        return switch (unit) {
            case "K" -> value / 1024;
            case "G" -> value * 1024;
            default -> value;
        };
    }
}
