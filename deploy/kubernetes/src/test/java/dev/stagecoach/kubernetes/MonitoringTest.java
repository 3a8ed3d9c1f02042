package dev.stagecoach.kubernetes;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Prometheus is to read, and the rules about it. */
class MonitoringTest {
    private static final String PRODUCTION = "overlays/production";
    private static final Path RULES =
            Manifests.CHECKOUT.resolve("deploy/observability/prometheus/rules/stagecoach.yml");
    private static final String HEAD = """
            # Made from deploy/observability/prometheus/rules/stagecoach.yml: change that, and the test of this module writes this file anew into its target directory.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: stagecoach
            spec:
            """;

    @Test
    void rulesAreThoseOfTheFile() throws IOException {
        String wanted = Manifests.text(RULES)
                .lines()
                .map(line -> line.isEmpty() ? "\n" : "  " + line + "\n")
                .collect(joining("", HEAD, ""));
        Path copy = Manifests.HOME.resolve("target/prometheus-rules.yaml");
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, wanted);
        assertThat(Manifests.HOME.resolve("components/monitoring/prometheus-rules.yaml"))
                .as("a rule was changed? Then: cp %s components/monitoring/", copy)
                .hasContent(wanted);
    }

    @Test
    void rulesComeToTheClusterAsTheyAre() {
        assertThat(ofKind("PrometheusRule"))
                .singleElement()
                .satisfies(rules -> assertThat(rules.spec().path("groups"))
                        .isNotEmpty()
                        .isEqualTo(Manifests.yaml(RULES).path("groups")));
    }

    @Test
    void jobsAreThoseThatRulesCountOn() {
        Manifest monitor = ofKind("PodMonitor")
                .filter(candidate -> candidate.name().equals("services"))
                .findFirst()
                .orElseThrow();
        String label = monitor.spec().path("jobLabel").asText();
        List<Manifest> workloads = Manifests.rendered(PRODUCTION).stream()
                .filter(Manifest::isWorkload)
                .toList();
        assertThat(workloads).isNotEmpty().allSatisfy(workload -> {
            assertThat(workload.podLabels())
                    .containsAllEntriesOf(Manifest.texts(monitor.spec().at("/selector/matchLabels")));
            assertThat(monitor.spec().at("/podMetricsEndpoints/0/port").asText())
                    .isEqualTo(workload.container().at("/ports/0/name").asText());
        });
        assertThat(workloads)
                .extracting(workload -> workload.podLabels().get(label))
                .containsExactlyInAnyOrderElementsOf(jobsOfTheRules());
    }

    private static Set<String> jobsOfTheRules() {
        return Pattern.compile("\\bjob=~?\"([^\"]+)\"")
                .matcher(Manifests.text(RULES))
                .results()
                .flatMap(found -> Stream.of(found.group(1).split("\\|")))
                .collect(toSet());
    }

    private static Stream<Manifest> ofKind(String kind) {
        return Manifests.rendered(PRODUCTION).stream()
                .filter(manifest -> manifest.kind().equals(kind));
    }
}
