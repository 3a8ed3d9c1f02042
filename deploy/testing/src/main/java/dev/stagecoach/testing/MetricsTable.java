package dev.stagecoach.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of all metrics, {@code deploy/observability/metrics.md}. A service's tests compare it with what the service shows, so that
 * neither dashboards nor rules, which must keep to the table, name a metric that nobody has.
 */
public final class MetricsTable {
    private static final String PREFIX = "stagecoach_";
    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(?:\\{(.*)})? \\S+.*$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final List<String> PARTS_OF_HISTOGRAMS = List.of("_bucket", "_count", "_sum");
    private static final Set<String> LABELS_OF_HISTOGRAMS = Set.of("le", "quantile");

    private MetricsTable() {}

    /**
     * A row of the table.
     *
     * @param labels separated by commas, in the order of the alphabet
     */
    public record Row(String name, String type, String services, String labels, String is) {
        /** As it stands in the table, without the services. */
        String ofOne() {
            return String.join(" | ", name, type, labels, is);
        }
    }

    /** The repository's own directory, from wherever in it the tests run. */
    public static Path home() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = Objects.requireNonNull(directory.getParent(), "this is no part of the repository");
        }
        return directory;
    }

    /** All rows. */
    public static List<Row> rows() {
        try (Stream<String> lines = Files.lines(home().resolve("deploy/observability/metrics.md"))) {
            return lines.filter(line -> line.startsWith("| `" + PREFIX))
                    .map(MetricsTable::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        List<String> cells = Arrays.stream(line.split("\\|", -1))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
        return new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
    }

    /** What the table says about a service, as {@link #shownIn} says what the service shows. */
    public static List<String> of(String service) {
        return rows().stream()
                .filter(row -> Set.of(row.services().split(", ")).contains(service))
                .map(Row::ofOne)
                .sorted()
                .toList();
    }

    /**
     * The metrics of ours in what {@code /q/metrics} answers.
     *
     * @param exposition in Prometheus' text format, or in that of OpenMetrics
     */
    public static List<String> shownIn(String exposition) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> helps = new HashMap<>();
        Map<String, Set<String>> labels = new HashMap<>();
        exposition.lines().forEach(line -> {
            if (line.startsWith("# TYPE " + PREFIX)) {
                String[] words = line.split(" ", -1);
                types.put(nameOf(words[2], words[3]), words[3]);
            } else if (line.startsWith("# HELP " + PREFIX)) {
                String[] words = line.split(" ", 4);
                helps.put(words[2], words[3].strip());
            } else if (line.startsWith(PREFIX)) {
                Matcher sample = SAMPLE.matcher(line);
                if (sample.matches()) {
                    labels.computeIfAbsent(familyOf(sample.group(1), types.keySet()), name -> new TreeSet<>())
                            .addAll(labelsIn(sample.group(2)));
                }
            }
        });
        return types.keySet().stream()
                .map(name -> new Row(
                                name,
                                String.valueOf(types.get(name)),
                                "",
                                String.join(", ", labels.getOrDefault(name, Set.of())),
                                helps.getOrDefault(name, helps.getOrDefault(name.replaceFirst("_total$", ""), "")))
                        .ofOne())
                .sorted()
                .toList();
    }

    /** That of the samples: OpenMetrics calls a counter by another name than the text format of before. */
    private static String nameOf(String family, String type) {
        return type.equals("counter") && !family.endsWith("_total") ? family + "_total" : family;
    }

    /** The metric that a sample belongs to: a histogram has several of other names. */
    public static String familyOf(String sample, Set<String> families) {
        return PARTS_OF_HISTOGRAMS.stream()
                .filter(sample::endsWith)
                .map(part -> sample.substring(0, sample.length() - part.length()))
                .filter(families::contains)
                .findFirst()
                .orElse(sample);
    }

    private static Set<String> labelsIn(@Nullable String text) {
        return text == null
                ? Set.of()
                : LABEL.matcher(text)
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !LABELS_OF_HISTOGRAMS.contains(label))
                        .collect(Collectors.toSet());
    }
}
