package dev.stagecoach.kubernetes;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The pod in which runbooks are followed. */
class OperatorPodTest {
    private static final String FILE = "operator-pod.yaml";

    private final Manifest pod = pod();
    private final JsonNode container = pod.spec().at("/containers/0");

    private static Manifest pod() {
        return Manifests.written(Manifests.HOME.resolve(FILE)).get(0);
    }

    static Map<String, String> labels() {
        return Manifest.texts(pod().json().at("/metadata/labels"));
    }

    @Test
    void isUnderstood() {
        assertThat(Manifests.written(Manifests.HOME.resolve(FILE)))
                .singleElement()
                .satisfies(only -> assertThat(Understanding.complaints(only)).isEmpty());
        assertThat(labels()).containsExactly(Map.entry("stagecoach", "operator"));
        assertThat(pod.json().at("/metadata/namespace").asText()).isEqualTo("stagecoach");
    }

    @Test
    void isInNoOverlay() {
        assertThat(Manifests.rendered("overlays/production"))
                .extracting(Manifest::kind)
                .doesNotContain("Pod");
    }

    /** With its own certificate, and otherwise as the services do. */
    @Test
    void comesToKafkaAsTheServicesDo() {
        Map<String, String> kafka = Manifests.text(Manifests.HOME.resolve("base/kafka.env"))
                .lines()
                .filter(line -> line.startsWith("KAFKA_"))
                .map(line -> line.split("=", 2))
                .collect(toMap(variable -> variable[0], variable -> variable[1]));
        Map<String, String> told = new TreeMap<>();
        container.path("env").forEach(variable -> {
            if (variable.path("name").asText().startsWith("KAFKA_") && variable.has("value")) {
                told.put(variable.path("name").asText(), variable.path("value").asText());
            }
        });
        assertThat(told).isEqualTo(kafka);
        assertThat(container.path("env")).anySatisfy(variable -> {
            assertThat(variable.path("name").asText()).isEqualTo("KAFKA_SSL_KEYSTORE_PASSWORD");
            assertThat(variable.at("/valueFrom/secretKeyRef").toString())
                    .isEqualTo("{\"name\":\"operator\",\"key\":\"user.password\"}");
        });
        assertThat(mounted(kafka.get("KAFKA_SSL_TRUSTSTORE_LOCATION"))).isEqualTo("stagecoach-cluster-ca-cert ca.crt");
        assertThat(mounted(kafka.get("KAFKA_SSL_KEYSTORE_LOCATION"))).isEqualTo("operator user.p12");
        assertThat(Manifests.written(Manifests.HOME.resolve("base/kafka-users.yaml")))
                .anyMatch(user -> user.is("KafkaUser", "operator"));
    }

    /** The secret of which a file is, and its key. */
    private String mounted(String file) {
        String directory = file.substring(0, file.lastIndexOf('/'));
        String volume = Manifest.each(container.path("volumeMounts"))
                .filter(mount -> mount.path("mountPath").asText().equals(directory))
                .map(mount -> mount.path("name").asText())
                .collect(joining());
        return Manifest.each(pod.spec().path("volumes"))
                .filter(candidate -> candidate.path("name").asText().equals(volume))
                .map(found -> found.at("/secret/secretName").asText() + " "
                        + found.at("/secret/items/0/key").asText())
                .collect(joining());
    }

    /** Where the services are, and the settings that the pod makes of its variables. */
    @Test
    void isInTheReadmeWithWhatItFindsThere() {
        String readme = Manifests.text(Manifests.HOME.resolve("README.md"));
        String section = readme.substring(readme.indexOf("## Runbooks that need Kafka"), readme.indexOf("\n## Watch"));
        assertThat(section).contains("kubectl apply -f deploy/kubernetes/" + FILE);
        assertThat(container.path("env"))
                .filteredOn(variable -> variable.path("name").asText().startsWith("KAFKA_"))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(section)
                        .contains("\n"
                                + variable.path("name")
                                        .asText()
                                        .substring("KAFKA_".length())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '.')
                                + "=" + variable.path("value").asText("…") + "\n"));
        assertThat(Manifests.allWritten().filter(manifest -> manifest.kind().equals("Service")))
                .filteredOn(
                        service -> List.of("usage-ingest", "outreach-service").contains(service.name()))
                .hasSize(2)
                .allSatisfy(service -> assertThat(section)
                        .contains("http://" + service.name() + ":"
                                + service.spec().at("/ports/0/port").asInt()));
    }

    /** One build, by all numbers of its version at least. */
    @Test
    void isAnImageThatStaysTheSame() {
        assertThat(container.path("image").asText())
                .matches("eclipse-temurin:17\\.0\\.\\d+_\\d+-jre-[a-z]+(@sha256:[0-9a-f]{64})?");
    }

    @Test
    void canDoLittleToItsMachineAndEndsByItself() {
        assertThat(pod.spec().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(pod.spec().path("activeDeadlineSeconds").asInt()).isPositive();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
    }
}
