package dev.stagecoach.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstandingTest {
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/small", "overlays/production", Manifests.EVERYTHING})
    void everyObjectIsUnderstood(String directory) {
        assertThat(Manifests.rendered(directory))
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(Understanding.complaints(manifest))
                        .as(manifest.toString())
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withAWrittenSpec")
    void aMisspeltFieldIsNot(Manifest manifest) {
        // Given
        ObjectNode misspelt = manifest.json().deepCopy();
        ObjectNode spec = (ObjectNode) misspelt.path("spec");
        String field = spec.fieldNames().next();
        // When
        spec.set(field + "s", spec.remove(field));
        // Then
        assertThat(Understanding.complaints(new Manifest(misspelt))).isNotEmpty();
    }

    /** One of each type. */
    static Stream<Manifest> withAWrittenSpec() {
        Map<String, Manifest> oneOfEach = new LinkedHashMap<>();
        Manifests.allWritten()
                .filter(manifest ->
                        manifest.spec().isObject() && !manifest.spec().isEmpty())
                .forEach(manifest -> oneOfEach.putIfAbsent(manifest.type(), manifest));
        return oneOfEach.values().stream();
    }

    @ParameterizedTest
    @CsvSource({
        "apps/v1 StatefulSet, /spec/template/spec/containers/0/livenessProbe/httpGet, pth",
        "apps/v1 Deployment, /spec/template/spec/containers/0/securityContext, readonlyRootFilesystem",
        "networking.k8s.io/v1 NetworkPolicy, /spec/egress/0/to/0/podSelector, matchLabel",
        "kafka.strimzi.io/v1 Kafka, /spec/kafka/listeners/0/authentication, tpe",
        "kafka.strimzi.io/v1 KafkaNodePool, /spec/storage/volumes/0, deleteclaim",
        "kafka.strimzi.io/v1 KafkaUser, /spec/authorization/acls/0/resource, pattern",
        "kafka.strimzi.io/v1 KafkaTopic, /spec, retention",
        "monitoring.coreos.com/v1 PodMonitor, /spec/podMetricsEndpoints/0, pth",
        "monitoring.coreos.com/v1 PrometheusRule, /spec/groups/0/rules/0, severity",
        "postgresql.cnpg.io/v1 Cluster, /spec/postgresql/synchronous, durability",
        "keda.sh/v1alpha1 ScaledObject, /spec/triggers/0/metadata, lagThreshhold"
    })
    void norIsOneFurtherIn(String type, String path, String field) {
        // Given
        ObjectNode changed = one(type, path).json().deepCopy();
        // When
        ((ObjectNode) changed.at(path)).put(field, "x");
        // Then
        assertThat(Understanding.complaints(new Manifest(changed))).isNotEmpty();
    }

    @Test
    void norIsAnOperationThatThereIsNot() {
        // Given
        String path = "/spec/authorization/acls/0";
        ObjectNode changed = one("kafka.strimzi.io/v1 KafkaUser", path).json().deepCopy();
        // When
        ((ObjectNode) changed.at(path)).putArray("operations").add("Raed");
        // Then
        assertThat(Understanding.complaints(new Manifest(changed))).isNotEmpty();
    }

    @Test
    void norIsAKindThatNobodyKnows() {
        Manifest unknown = Manifests.parse("apiVersion: v1\nkind: Srvice\nmetadata: {name: x}\n")
                .get(0);
        assertThat(Understanding.complaints(unknown)).containsExactly("nobody here knows a v1 Srvice");
    }

    private static Manifest one(String type, String with) {
        return Manifests.allWritten()
                .filter(manifest -> manifest.type().equals(type))
                .filter(manifest -> manifest.json().at(with).isObject())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " has " + with));
    }

    @Test
    void everyManifestHasAName() {
        assertThat(Manifests.allWritten())
                .isNotEmpty()
                .extracting(Manifest::name)
                .doesNotContain("");
        assertThat(Manifests.allWritten()).extracting(Manifest::json).allMatch(JsonNode::isObject);
    }
}
