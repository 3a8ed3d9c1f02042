package dev.stagecoach.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that all benchmarks have. */
final class BenchOptions {

    private static final List<String> COLLECTORS = List.of("G1", "Parallel", "Serial");

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to a file as JSON, every run in it.")
    private @Nullable Path json;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "The largest heap of each measured program: ${DEFAULT-VALUE}.",
            defaultValue = "3g")
    private String heap;

    @Option(
            names = "--collector",
            paramLabel = "NAME",
            description =
                    "Which garbage collector each measured program has, G1, Parallel or Serial: ${DEFAULT-VALUE}.",
            defaultValue = "Parallel")
    private String collector;

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description = "One more option of Java for each measured program, for instance --jvm-option=-XX:+CITime."
                    + " May be given several times.")
    private List<String> further = List.of();

    @Nullable Path json() {
        return json;
    }

    /** For every measured program the same: Java's own choices, but for the heap and its collector. */
    List<String> jvmOptions() {
        var options =
                new ArrayList<>(List.of("-Xmx" + heap, "-XX:+Use" + collector + "GC", "-XX:+ExitOnOutOfMemoryError"));
        options.addAll(further);
        return List.copyOf(options);
    }

    void check(CommandSpec spec) {
        require(spec, heap.matches("\\d+[kKmMgG]"), "--heap: " + heap + " (expected: a size such as 512m)");
        require(
                spec,
                COLLECTORS.contains(collector),
                "--collector: " + collector + " (expected one of: " + COLLECTORS + ")");
        require(
                spec,
                json == null || !Files.isDirectory(json),
                "--json: " + json + " is a directory (expected: a file)");
    }

    static void requireAtLeast(CommandSpec spec, String option, int value, int least) {
        require(spec, value >= least, option + ": " + value + " (expected: " + least + " or more)");
    }

    private static void require(CommandSpec spec, boolean condition, String complaint) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }
}
