package dev.stagecoach.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The four services as production has them, with all that can be added. */
class ServicesTest {
    private static final String PRODUCTION = "overlays/production";
    private static final Map<String, Integer> PORTS =
            Map.of("usage-ingest", 8081, "lifecycle-service", 8082, "outreach-service", 8083, "alerts-service", 8080);
    /** After its last answer a service closes what it has open to Kafka, which takes up to 15 s where Kafka is away. */
    private static final Duration TO_CLOSE = Duration.ofSeconds(15);

    static Stream<Manifest> workloads() {
        return Manifests.rendered(Manifests.EVERYTHING).stream().filter(Manifest::isWorkload);
    }

    @Test
    void areAllThere() {
        assertThat(workloads()).extracting(Manifest::name).containsExactlyInAnyOrderElementsOf(PORTS.keySet());
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void ownThePodsThatTheyStart(Manifest workload) {
        Map<String, String> labels = workload.podLabels();
        assertThat(labels).containsAllEntriesOf(Manifest.texts(workload.spec().at("/selector/matchLabels")));
        assertThat(labels)
                .containsEntry("stagecoach", "service")
                .containsEntry("app.kubernetes.io/name", workload.name());
        assertThat(workload.pod().path("topologySpreadConstraints"))
                .hasSize(2)
                .allSatisfy(spread -> assertThat(labels)
                        .containsAllEntriesOf(Manifest.texts(spread.at("/labelSelector/matchLabels"))));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void areReachedAtTheirPort(Manifest workload) {
        JsonNode port = workload.container().at("/ports/0");
        assertThat(port.path("containerPort").asInt()).isEqualTo(PORTS.get(workload.name()));
        // The number itself, or what is used when the variable is not there.
        assertThat(Manifests.parse(applicationYaml(workload.name()))
                        .get(0)
                        .json()
                        .at("/quarkus/http/port")
                        .asText())
                .matches(".*\\b" + PORTS.get(workload.name()) + "}?");
        Manifest service = one("Service", workload.name());
        assertThat(workload.podLabels())
                .containsAllEntriesOf(Manifest.texts(service.spec().path("selector")));
        assertThat(service.spec().at("/ports/0/targetPort").asText())
                .isEqualTo(port.path("name").asText());
        assertThat(service.spec().at("/ports/0/port").asInt()).isEqualTo(PORTS.get(workload.name()));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void areAskedHowTheyAre(Manifest workload) {
        JsonNode container = workload.container();
        Map<String, String> probes = Map.of(
                "startupProbe",
                "/q/health/started",
                "livenessProbe",
                "/q/health/live",
                "readinessProbe",
                "/q/health/ready");
        probes.forEach((probe, path) -> {
            JsonNode asked = container.path(probe).path("httpGet");
            assertThat(asked.path("path").asText()).as(probe).isEqualTo(path);
            assertThat(asked.path("port").asText())
                    .as(probe)
                    .isEqualTo(container.at("/ports/0/name").asText());
        });
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void canDoLittleToTheirMachine(Manifest workload) {
        JsonNode pod = workload.pod();
        JsonNode container = workload.container();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        for (String resource : List.of("/requests/cpu", "/requests/memory", "/limits/cpu", "/limits/memory")) {
            assertThat(container.path("resources").at(resource).asText())
                    .as(resource)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void mountWhatTheyHave(Manifest workload) {
        Set<String> volumes = new TreeSet<>();
        workload.pod()
                .path("volumes")
                .forEach(volume -> volumes.add(volume.path("name").asText()));
        assertThat(workload.container().path("volumeMounts"))
                .extracting(mount -> mount.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(workload.container().path("volumeMounts"))
                .extracting(mount -> mount.path("mountPath").asText())
                .contains("/tmp");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void areGivenTheTimeThatTheyTakeToStop(Manifest workload) {
        Duration led = Duration.ofSeconds(
                workload.container().at("/lifecycle/preStop/sleep/seconds").asInt());
        Duration grace = Duration.ofSeconds(
                workload.pod().path("terminationGracePeriodSeconds").asInt());
        assertThat(led).isPositive();
        assertThat(grace)
                .isGreaterThanOrEqualTo(led.plus(longestAnswer(workload.name())).plus(TO_CLOSE));
    }

    /** How long what is under way when a service is to stop may take. */
    private static Duration longestAnswer(String service) {
        if (service.equals("outreach-service")) {
            return Duration.parse(Settings.defaultOf(service, "stagecoach.outreach.sending.timeout"));
        }
        return Pattern.compile("shutdown:\\s+(?:#.*\\s+)?timeout: (\\d+)S")
                .matcher(applicationYaml(service))
                .results()
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
                .findFirst()
                .orElse(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void areDisturbedOneByOne(Manifest workload) {
        Manifest budget = one("PodDisruptionBudget", workload.name());
        assertThat(workload.podLabels())
                .containsAllEntriesOf(Manifest.texts(budget.spec().at("/selector/matchLabels")));
        assertThat(budget.spec().path("maxUnavailable").asInt()).isOne();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void keepTheirNameWhereTheyConsume(Manifest workload) {
        boolean consumes = !workload.name().equals("usage-ingest");
        assertThat(workload.kind()).isEqualTo(consumes ? "StatefulSet" : "Deployment");
        Optional<JsonNode> replica = Manifest.each(workload.container().path("env"))
                .filter(variable -> variable.path("name").asText().endsWith("_REPLICA"))
                .findFirst();
        assertThat(replica.map(
                        variable -> variable.at("/valueFrom/fieldRef/fieldPath").asText()))
                .isEqualTo(consumes ? Optional.of("metadata.name") : Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void haveAFileForTheirSettingsInEachOverlay(Manifest workload) {
        String service = workload.name();
        assertThat(Stream.of("overlays/small", PRODUCTION))
                .allSatisfy(overlay -> assertThat(
                                Manifests.yaml(Manifests.HOME.resolve(overlay + "/kustomization.yaml"))
                                        .path("configMapGenerator"))
                        .as(overlay)
                        .anySatisfy(map -> {
                            assertThat(map.path("name").asText()).isEqualTo(service);
                            assertThat(map.path("behavior").asText()).isEqualTo("merge");
                            assertThat(map.at("/envs/0").asText()).isEqualTo(service + ".env");
                        }));
        // The last one wins. Kustomize adds what changes with the content to the name.
        assertThat(Manifest.each(workload.container().path("envFrom"))
                        .map(map -> map.at("/configMapRef/name").asText())
                        .reduce((first, second) -> second)
                        .orElseThrow())
                .matches(Pattern.quote(service) + "-[a-z0-9]+");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void areToldNothingThatTheyDoNotKnow(Manifest workload) {
        assertThat(variables(workload))
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(isSetting(name, workload.name())).as(name).isTrue());
    }

    @Test
    void wouldComplainOfASettingThatThereIsNot() {
        assertThat(isSetting("STAGECOACH_OUTREACH_PUBLIC_URI", "outreach-service"))
                .isFalse();
        assertThat(isSetting("KAFKA_SSL_KEYSTORE_PLACE", "outreach-service")).isFalse();
        assertThat(isSetting("OTEL_EXPORTER_OTLP_ENDPOINTS", "outreach-service"))
                .isFalse();
    }

    /** Java reads JAVA_TOOL_OPTIONS first and the image's JDK_JAVA_OPTIONS after them: what both say is as the image says. */
    @ParameterizedTest
    @MethodSource("workloads")
    void leaveJavaToTheImage(Manifest workload) {
        assertThat(variables(workload)).noneMatch(name -> name.startsWith("JAVA_") || name.startsWith("JDK_"));
        assertThat(Manifests.text(Manifests.CHECKOUT.resolve("deploy/Dockerfile")))
                .containsPattern("ENV JDK_JAVA_OPTIONS=\"[^\"]*-XX:MaxRAMPercentage=")
                .containsPattern("ENTRYPOINT .*\"-XX:\\+ExitOnOutOfMemoryError\"");
    }

    private static Set<String> variables(Manifest workload) {
        Set<String> names = new TreeSet<>();
        workload.container()
                .path("env")
                .forEach(variable -> names.add(variable.path("name").asText()));
        workload.container()
                .path("envFrom")
                .forEach(map -> one("ConfigMap", map.at("/configMapRef/name").asText())
                        .json()
                        .path("data")
                        .fieldNames()
                        .forEachRemaining(names::add));
        return names;
    }

    private static boolean isSetting(String variable, String service) {
        if (variable.startsWith("OTEL_")) {
            return Pattern.compile("\\b" + variable + "\\b")
                    .matcher(Manifests.text(Manifests.CHECKOUT.resolve("docs/operating.md")))
                    .find();
        }
        if (variable.startsWith("KAFKA_")) {
            String setting = variable.substring("KAFKA_".length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.');
            return AdminClientConfig.configNames().contains(setting);
        }
        return Settings.of(service).contains(variable);
    }

    @Test
    void haveSecretsThatTheReadmeSaysHowToMake() {
        String readme = Manifests.text(Manifests.HOME.resolve("README.md"));
        Set<String> ofOperators =
                Set.of("stagecoach-cluster-ca-cert", "lifecycle-db-app", "outreach-db-app", "alerts-db-app");
        Set<String> users = new HashSet<>(PORTS.keySet());
        workloads()
                .forEach(workload -> workload.container().path("env").forEach(variable -> {
                    JsonNode secret = variable.at("/valueFrom/secretKeyRef");
                    String name = secret.path("name").asText();
                    if (!secret.isMissingNode() && !ofOperators.contains(name) && !users.contains(name)) {
                        assertThat(readme)
                                .contains("secret generic " + name)
                                .containsPattern("(--from-literal=|\"stringData\": .*\")"
                                        + secret.path("key").asText());
                    }
                }));
    }

    /** A service that KEDA scales does not stay stopped otherwise. */
    @ParameterizedTest
    @MethodSource("workloads")
    void areStoppedAsTheReadmeSays(Manifest workload) {
        Manifest scaled = Manifests.rendered(PRODUCTION).stream()
                .filter(manifest -> manifest.kind().equals("ScaledObject"))
                .filter(manifest ->
                        manifest.spec().at("/scaleTargetRef/name").asText().equals(workload.name()))
                .findFirst()
                .orElseThrow();
        String target = workload.kind().toLowerCase(Locale.ROOT) + "/" + workload.name();
        assertThat(Manifests.text(Manifests.HOME.resolve("README.md")).lines())
                .anyMatch(line -> line.contains("annotate ")
                        && line.contains(" scaledobject/" + scaled.name() + " ")
                        && line.endsWith(" autoscaling.keda.sh/paused-replicas=0"))
                .anyMatch(line ->
                        line.contains("scale ") && line.contains(" " + target + " ") && line.endsWith(" --replicas=0"));
    }

    @Test
    void keepNoSecretHere() {
        assertThat(Manifests.rendered(PRODUCTION)).extracting(Manifest::kind).doesNotContain("Secret");
    }

    /** A client that is made from the address alone does not get in. */
    @Test
    void makeEveryClientOfKafkaFromAllItsSettings() {
        assertThat(PORTS.keySet().stream()
                        .flatMap(service ->
                                Manifests.filesBelow(Manifests.CHECKOUT.resolve(service + "/src/main/java"))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Manifests.text(file))
                        .as(file.toString())
                        .doesNotContain("\"kafka.bootstrap.servers\""));
    }

    @Test
    void areNeverMoreThanHavePartitions() {
        Map<String, Integer> membersOfAReplica =
                Map.of("lifecycle-service", 2, "outreach-service", 1, "alerts-service", 1);
        int partitions = 12;
        assertThat(Manifests.rendered(PRODUCTION))
                .filteredOn(manifest -> manifest.kind().equals("ScaledObject"))
                .hasSize(4)
                .allSatisfy(scaled -> {
                    JsonNode target = scaled.spec().path("scaleTargetRef");
                    Manifest workload = one(
                            target.path("kind").asText(), target.path("name").asText());
                    assertThat(workload.spec().has("replicas")).isFalse();
                    int most = scaled.spec().path("maxReplicaCount").asInt();
                    assertThat(most * membersOfAReplica.getOrDefault(workload.name(), 1))
                            .isLessThanOrEqualTo(partitions);
                });
    }

    private static Manifest one(String kind, String name) {
        return Manifests.rendered(Manifests.EVERYTHING).stream()
                .filter(manifest -> manifest.is(kind, name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    private static String applicationYaml(String service) {
        return Manifests.text(Manifests.CHECKOUT.resolve(service + "/src/main/resources/application.yaml"));
    }
}
