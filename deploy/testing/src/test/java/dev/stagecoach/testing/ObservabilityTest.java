package dev.stagecoach.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What watches Stagecoach names nothing that is not there: metrics of the services, parts of the documents. */
class ObservabilityTest {
    private static final Path HOME = MetricsTable.home();
    private static final Path FILES = HOME.resolve("deploy/observability");
    private static final Path RULES = FILES.resolve("prometheus/rules/stagecoach.yml");
    private static final Path TESTS_OF_RULES = FILES.resolve("prometheus/tests/stagecoach.yml");
    private static final Path OPERATING = HOME.resolve("docs/operating.md");

    private static final Pattern METRIC = Pattern.compile("\\bstagecoach_\\w+");
    private static final Set<String> FAMILIES =
            MetricsTable.rows().stream().map(MetricsTable.Row::name).collect(Collectors.toSet());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve("grafana/dashboards"))) {
            return files.sorted().toList();
        }
    }

    static List<JsonNode> rules() throws IOException {
        return elements(YAML.readTree(RULES.toFile()).path("groups"))
                .flatMap(group -> elements(group.path("rules")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aDashboardAsksForMetricsThatServicesHave(Path file) throws IOException {
        JsonNode dashboard = JSON.readTree(file.toFile());
        assertThat(dashboard.path("title").asText()).startsWith("Stagecoach");
        assertThat(file.getFileName()).hasToString(dashboard.path("uid").asText() + ".json");
        assertThat(queries(dashboard))
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        query -> assertThat(unknownMetricsIn(query)).as(query).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aPanelHasATitleAUnitAndAPlaceOfItsOwn(Path file) throws IOException {
        List<JsonNode> panels =
                elements(JSON.readTree(file.toFile()).path("panels")).toList();
        assertThat(panels)
                .extracting(panel -> panel.path("title").asText())
                .doesNotContain("")
                .doesNotHaveDuplicates();
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel ->
                        !Set.of("row", "text").contains(panel.path("type").asText()))
                .allSatisfy(panel -> {
                    assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("prometheus");
                    assertThat(panel.path("description").asText())
                            .as(panel.path("title").asText())
                            .isNotBlank();
                    assertThat(panel.path("fieldConfig")
                                    .path("defaults")
                                    .path("unit")
                                    .asText())
                            .as(panel.path("title").asText())
                            .isNotBlank();
                });
        assertThat(overlaps(panels)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleSaysWhatItMeansWhatToDoAndWhereToReadMore(JsonNode rule) throws IOException {
        String name = rule.path("alert").asText();
        JsonNode annotations = rule.path("annotations");
        assertThat(rule.path("labels").path("severity").asText()).as(name).isIn("critical", "warning");
        for (String annotation : List.of("summary", "description", "action", "runbook")) {
            assertThat(annotations.path(annotation).asText())
                    .as("%s: %s", name, annotation)
                    .isNotBlank();
        }
        assertThat(unknownMetricsIn(rule.path("expr").asText())).as(name).isEmpty();
        String runbook = annotations.path("runbook").asText();
        assertThat(runbook).as(name).startsWith("docs/operating.md#");
        assertThat(anchorsOf(OPERATING)).as(name).contains(runbook.substring(runbook.indexOf('#') + 1));
    }

    @Test
    void noTwoRulesHaveOneNameAndEachHasATestInWhichItFires() throws IOException {
        List<String> names =
                rules().stream().map(rule -> rule.path("alert").asText()).toList();
        Set<String> fires = elements(YAML.readTree(TESTS_OF_RULES.toFile()).path("tests"))
                .flatMap(test -> elements(test.path("promql_expr_test")))
                .flatMap(expected -> elements(expected.path("exp_samples")))
                .map(sample -> sample.path("labels").asText().replaceFirst(".*alertname=\"(\\w+)\".*", "$1"))
                .collect(Collectors.toSet());
        assertThat(names).doesNotHaveDuplicates();
        assertThat(fires).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void theDocumentForOperatorsNamesMetricsThatServicesHave() throws IOException {
        assertThat(unknownMetricsIn(Files.readString(OPERATING))).isEmpty();
    }

    /** All that a metric is for is to be looked at. */
    @Test
    void theDocumentForOperatorsOrADashboardHasEveryMetric() throws IOException {
        StringBuilder all = new StringBuilder(Files.readString(OPERATING));
        for (Path dashboard : dashboards()) {
            all.append(Files.readString(dashboard));
        }
        Set<String> named = metricsIn(all.toString());
        assertThat(FAMILIES).filteredOn(name -> !name.endsWith("_max")).isSubsetOf(named);
    }

    @Test
    void prometheusAgrees() throws IOException, InterruptedException {
        assertThat(promtool(
                        "check",
                        "config",
                        FILES.resolve("prometheus/prometheus.yml").toString()))
                .contains("SUCCESS");
        assertThat(promtool("test", "rules", TESTS_OF_RULES.toString())).contains("SUCCESS");
    }

    @Test
    void prometheusUnderstandsTheQueriesOfDashboards(@TempDir Path directory) throws IOException, InterruptedException {
        // Given a rule for each: a query by itself is checked only against a server
        ObjectNode file = JSON.createObjectNode();
        ArrayNode rules =
                file.putArray("groups").addObject().put("name", "queries").putArray("rules");
        for (Path dashboard : dashboards()) {
            for (String query : queries(JSON.readTree(dashboard.toFile()))) {
                rules.addObject()
                        .put("record", "query:" + rules.size())
                        .put("expr", query.replace("$__rate_interval", "5m"));
            }
        }
        Path written = Files.writeString(directory.resolve("queries.yml"), file.toString());

        // When
        String said = promtool("check", "rules", written.toString());

        // Then
        assertThat(said).contains("SUCCESS: " + rules.size() + " rules found");
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        String named = System.getenv("STAGECOACH_PROMTOOL");
        List<String> command = new ArrayList<>(List.of(named == null ? "promtool" : named));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            String missing = "There is no promtool: install it (apt-get install prometheus). " + e.getMessage();
            if (named != null) {
                throw new IllegalStateException(missing, e);
            }
            return abort(missing);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static List<String> queries(JsonNode dashboard) {
        return dashboard.findValues("expr").stream().map(JsonNode::asText).toList();
    }

    private static Set<String> unknownMetricsIn(String text) {
        Set<String> unknown = metricsIn(text);
        unknown.removeAll(FAMILIES);
        return unknown;
    }

    private static Set<String> metricsIn(String text) {
        return METRIC.matcher(text)
                .results()
                .map(found -> MetricsTable.familyOf(found.group(), FAMILIES))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchorsOf(Path document) throws IOException {
        UnaryOperator<String> anchor = heading -> heading.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .replace(' ', '-');
        try (Stream<String> lines = Files.lines(document)) {
            return lines.filter(line -> line.startsWith("#")).map(anchor).collect(Collectors.toSet());
        }
    }

    private static List<String> overlaps(List<JsonNode> panels) {
        List<String> overlaps = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            for (int j = i + 1; j < panels.size(); j++) {
                if (overlap(panels.get(i).path("gridPos"), panels.get(j).path("gridPos"))) {
                    overlaps.add(panels.get(i).path("title").asText() + " and "
                            + panels.get(j).path("title").asText());
                }
            }
        }
        return overlaps;
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return overlap(one, other, "x", "w") && overlap(one, other, "y", "h");
    }

    private static boolean overlap(JsonNode one, JsonNode other, String begin, String size) {
        return one.path(begin).asInt()
                        < other.path(begin).asInt() + other.path(size).asInt()
                && other.path(begin).asInt()
                        < one.path(begin).asInt() + one.path(size).asInt();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
