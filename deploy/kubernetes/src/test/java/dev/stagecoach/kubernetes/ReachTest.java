package dev.stagecoach.kubernetes;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can reach whom, from outside and inside. */
class ReachTest {
    /** Settings with the address, or the port, of somebody whom a service turns to. */
    private static final Pattern ADDRESS =
            Pattern.compile("QUARKUS_MAILER_PORT|KAFKA_BOOTSTRAP_SERVERS|OTEL_EXPORTER_OTLP_ENDPOINT|.*_IMAP_PORT"
                    + "|.*_(AUTH_SERVER|API|WEBHOOK|PEERS_\\w+|ENDPOINTS_\\w+)_URL");

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
            Manifest.each(node.at("/podSelector/matchExpressions"))
                    .forEach(expression -> expression
                            .path("values")
                            .forEach(value ->
                                    selectors.add(Map.of(expression.path("key").asText(), value.asText()))));
        }
        node.forEach(child -> collect(child, selectors));
    }

    /** The labels of the pods: of the services as written, of the others as their operators document them. */
    private static List<Map<String, String>> pods() {
        Stream<Map<String, String>> services = Manifests.rendered(Manifests.EVERYTHING).stream()
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

    /** And nothing else: it may read all of Kafka. */
    @Test
    void anOperatorReachesNothingBesideNamesKafkaAndWhatTheRunbooksCall() {
        Manifest policy = policies()
                .filter(candidate -> candidate.name().equals("operator"))
                .findFirst()
                .orElseThrow();
        assertThat(Manifest.texts(policy.spec().at("/podSelector/matchLabels"))).isEqualTo(OperatorPodTest.labels());
        assertThat(policy.spec().path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(policy.spec().has("ingress")).isFalse();
        assertThat(Manifest.each(policy.spec().path("egress"))
                        .map(rule -> rule.at("/to/0/podSelector/matchLabels") + " " + ports(rule)))
                .containsExactly(
                        "{\"k8s-app\":\"kube-dns\"} [53]",
                        "{\"strimzi.io/cluster\":\"stagecoach\",\"strimzi.io/name\":\"stagecoach-kafka\"} [9093]",
                        "{\"app.kubernetes.io/name\":\"usage-ingest\"} [8081]",
                        "{\"app.kubernetes.io/name\":\"outreach-service\"} [8083]");
        assertThat(Manifest.each(policy.spec().path("egress")))
                .allSatisfy(rule -> assertThat(rule.path("to")).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/small", "overlays/production", Manifests.EVERYTHING})
    void aServiceReachesThePortsThatItsSettingsName(String overlay) {
        List<Manifest> manifests = Manifests.rendered(overlay);
        assertThat(manifests).filteredOn(Manifest::isWorkload).hasSize(4).allSatisfy(workload -> {
            Set<Integer> open = new TreeSet<>();
            manifests.stream()
                    .filter(policy -> policy.kind().equals("NetworkPolicy"))
                    .filter(policy -> {
                        Map<String, String> about = Manifest.texts(policy.spec().at("/podSelector/matchLabels"));
                        return !about.isEmpty()
                                && workload.podLabels().entrySet().containsAll(about.entrySet());
                    })
                    .forEach(policy -> policy.spec().path("egress").forEach(rule -> open.addAll(ports(rule))));
            assertThat(told(workload, manifests))
                    .isNotEmpty()
                    .allSatisfy((setting, port) -> assertThat(open)
                            .as("%s of %s: README.md says under Ports how to open another", setting, workload.name())
                            .contains(port));
        });
    }

    private static Set<Integer> ports(JsonNode rule) {
        Set<Integer> ports = new TreeSet<>();
        rule.path("ports").forEach(port -> ports.add(port.path("port").asInt()));
        return ports;
    }

    /** By setting, the port that it names. */
    private static Map<String, Integer> told(Manifest workload, List<Manifest> manifests) {
        Map<String, Integer> told = new TreeMap<>();
        Set<String> maps = Manifest.each(workload.container().path("envFrom"))
                .map(map -> map.at("/configMapRef/name").asText())
                .collect(toSet());
        manifests.stream()
                .filter(map -> map.kind().equals("ConfigMap") && maps.contains(map.name()))
                .flatMap(map -> map.json().path("data").properties().stream())
                .filter(setting -> ADDRESS.matcher(setting.getKey()).matches())
                .forEach(setting ->
                        told.put(setting.getKey(), port(setting.getValue().asText())));
        return told;
    }

    private static int port(String address) {
        Matcher said = Pattern.compile("(?:^|:)(\\d+)(?:/.*)?$").matcher(address);
        if (said.find()) {
            return Integer.parseInt(said.group(1));
        }
        return address.startsWith("https:") ? 443 : 80;
    }

    @Test
    void anotherPortIsOpenedAsTheReadmeSays() {
        String patch = Manifests.yaml(Manifests.HOME.resolve(Manifests.EVERYTHING + "/kustomization.yaml"))
                .at("/patches/0/patch")
                .asText();
        assertThat(Manifests.text(Manifests.HOME.resolve("README.md"))).contains("patch: '" + patch + "'");
        assertThat(policies().filter(policy -> policy.name().equals("outreach-service")))
                .singleElement()
                .satisfies(policy -> assertThat(policy.spec().path("egress"))
                        .anySatisfy(rule -> assertThat(ports(rule)).containsExactly(465)));
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
        return Manifests.rendered(Manifests.EVERYTHING).stream()
                .filter(manifest -> manifest.kind().equals(kind));
    }
}
