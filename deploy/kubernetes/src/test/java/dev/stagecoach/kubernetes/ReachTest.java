package dev.stagecoach.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who can reach whom, from outside and inside. */
class ReachTest {
    private static final String PRODUCTION = "overlays/production";

    static Stream<Manifest> policies() {
        return ofKind("NetworkPolicy");
    }

    @Test
    void nothingComesInUnlessItIsLet() {
        assertThat(policies()).anySatisfy(policy -> {
            assertThat(policy.spec().path("podSelector").isEmpty()).isTrue();
            assertThat(policy.spec().path("policyTypes").toString()).isEqualTo("[\"Ingress\"]");
            assertThat(policy.spec().has("ingress")).isFalse();
        });
    }

    @Test
    void everyServiceAndDatabaseHasItsPolicy() {
        assertThat(policies())
                .extracting(Manifest::name)
                .contains("usage-ingest", "lifecycle-service", "outreach-service", "alerts-service")
                .contains("lifecycle-db", "outreach-db", "alerts-db");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aPolicyIsAboutPodsThatThereAre(Manifest policy) {
        Set<Map<String, String>> selectors = new HashSet<>();
        collect(policy.spec(), selectors);
        assertThat(selectors)
                .allSatisfy(selector ->
                        assertThat(pods()).anySatisfy(pod -> assertThat(pod).containsAllEntriesOf(selector)));
    }

    /** Selectors of pods of this namespace. */
    private static void collect(JsonNode node, Set<Map<String, String>> selectors) {
        if (node.has("podSelector") && !node.has("namespaceSelector")) {
            selectors.add(Manifest.texts(node.at("/podSelector/matchLabels")));
        }
        node.forEach(child -> collect(child, selectors));
    }

    /** The labels of the pods: of the services as written, of the others as their operators document them. */
    private static List<Map<String, String>> pods() {
        Stream<Map<String, String>> services = Manifests.rendered(PRODUCTION).stream()
                .filter(Manifest::isWorkload)
                .map(Manifest::podLabels);
        Stream<Map<String, String>> databases =
                ofKind("Cluster").map(cluster -> Map.of("cnpg.io/cluster", cluster.name()));
        Stream<Map<String, String>> brokers = ofKind("Kafka")
                .map(kafka -> Map.of("strimzi.io/cluster", kafka.name(), "strimzi.io/name", kafka.name() + "-kafka"));
        Stream<Map<String, String>> operator = Stream.of(OperatorPodTest.labels());
        return Stream.of(services, databases, brokers, operator)
                .flatMap(labels -> labels)
                .toList();
    }

    @Test
    void aDatabaseIsReachedByItsServiceAlone() {
        assertThat(Stream.of("lifecycle", "outreach", "alerts")).allSatisfy(name -> {
            Manifest policy = policies()
                    .filter(candidate -> candidate.name().equals(name + "-db"))
                    .findFirst()
                    .orElseThrow();
            assertThat(policy.spec().at("/ingress/0/from"))
                    .singleElement()
                    .satisfies(from -> assertThat(Manifest.texts(from.at("/podSelector/matchLabels")))
                            .containsExactly(Map.entry("app.kubernetes.io/name", name + "-service")));
        });
    }

    /** Beside Kafka, what quarantine replay and erase call. */
    @Test
    void anOperatorReachesWhatTheRunbooksCall() {
        assertThat(policies()
                        .filter(policy -> Manifest.each(policy.spec().path("ingress"))
                                .flatMap(rule -> Manifest.each(rule.path("from")))
                                .map(from -> Manifest.texts(from.at("/podSelector/matchLabels")))
                                .anyMatch(labels -> !labels.isEmpty()
                                        && OperatorPodTest.labels().equals(labels))))
                .extracting(Manifest::name)
                .containsExactlyInAnyOrder("usage-ingest", "outreach-service");
    }

    @Test
    void readersOfMailsReachTheirPagesAndNothingElse() {
        String operating = Manifests.text(Manifests.CHECKOUT.resolve("docs/operating.md"));
        int from = operating.indexOf("Of outreach-service only");
        Set<String> told = new TreeSet<>();
        Pattern.compile("`(/[a-z]+)`")
                .matcher(operating.substring(from, operating.indexOf("must be reachable", from)))
                .results()
                .forEach(found -> told.add(found.group(1)));
        assertThat(told).hasSizeGreaterThan(3);
        assertThat(paths("outreach-service")).isEqualTo(told);
    }

    @Test
    void sendersReachWhatUsageIsTakenAt() {
        assertThat(paths("usage-ingest")).containsExactlyInAnyOrder("/v1", "/updates", "/.api/updates");
    }

    @Test
    void nobodyReachesHealthAndMetricsFromOutside() {
        assertThat(ofKind("Ingress").flatMap(ReachTest::paths)).isNotEmpty().allSatisfy(path -> {
            boolean whole = path.path("pathType").asText().equals("Prefix");
            String prefix = path.path("path").asText();
            assertThat(whole && (prefix.equals("/") || prefix.startsWith("/q")))
                    .as(prefix)
                    .isFalse();
        });
    }

    @Test
    void anIngressLeadsToAPortThatThereIs() {
        assertThat(ofKind("Ingress").flatMap(ReachTest::paths)).allSatisfy(path -> {
            JsonNode backend = path.at("/backend/service");
            assertThat(ofKind("Service")).anySatisfy(service -> {
                assertThat(service.name()).isEqualTo(backend.path("name").asText());
                assertThat(service.spec().at("/ports/0/name").asText())
                        .isEqualTo(backend.at("/port/name").asText());
            });
        });
    }

    private static Set<String> paths(String service) {
        Set<String> paths = new TreeSet<>();
        ofKind("Ingress")
                .flatMap(ReachTest::paths)
                .filter(path -> path.at("/backend/service/name").asText().equals(service))
                .forEach(path -> paths.add(path.path("path").asText()));
        return paths;
    }

    private static Stream<JsonNode> paths(Manifest ingress) {
        return Manifest.each(ingress.spec().path("rules")).flatMap(rule -> Manifest.each(rule.at("/http/paths")));
    }

    private static Stream<Manifest> ofKind(String kind) {
        return Manifests.rendered(PRODUCTION).stream()
                .filter(manifest -> manifest.kind().equals(kind));
    }
}
