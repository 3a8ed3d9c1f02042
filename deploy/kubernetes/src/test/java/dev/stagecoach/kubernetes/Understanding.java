package dev.stagecoach.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What Kubernetes and the operators understand. For Kubernetes, Strimzi and the Prometheus Operator their published model classes say it; KEDA and CloudNativePG publish none,
 * so closed JSON Schemas of this module say which of their fields we use.
 */
final class Understanding {
    private static final Map<String, Class<?>> MODELS = Map.ofEntries(
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 Pod", Pod.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("apps/v1 StatefulSet", StatefulSet.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class));

    private static final Map<String, String> SCHEMAS = Map.of(
            "keda.sh/v1alpha1 ScaledObject", "scaled-object",
            "keda.sh/v1alpha1 TriggerAuthentication", "trigger-authentication",
            "postgresql.cnpg.io/v1 Cluster", "cluster",
            "postgresql.cnpg.io/v1 ScheduledBackup", "scheduled-backup",
            "barmancloud.cnpg.io/v1 ObjectStore", "object-store");

    private static final ObjectMapper STRICT =
            new ObjectMapper().setAnnotationIntrospector(new WithoutRoomForTheUnknown());

    private Understanding() {}

    /** The models keep what they do not know, or pass it over: here it is an error. */
    private static final class WithoutRoomForTheUnknown extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }

        @Override
        public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
            return JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);
        }

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return JsonIgnoreProperties.Value.empty();
        }
    }

    /** What would not be understood of an object; empty when all of it is. */
    static List<String> complaints(Manifest manifest) {
        if (MODELS.containsKey(manifest.type())) {
            return byModel(manifest, MODELS.get(manifest.type()));
        }
        String schema = SCHEMAS.get(manifest.type());
        return schema == null ? List.of("nobody here knows a " + manifest.type()) : bySchema(manifest, schema);
    }

    private static List<String> byModel(Manifest manifest, Class<?> model) {
        try {
            JsonNode understood = STRICT.valueToTree(STRICT.treeToValue(manifest.json(), model));
            List<String> lost = new ArrayList<>();
            // A model is of one version of its type, and says that one; which it is chosen for is above.
            ((ObjectNode) understood).set("apiVersion", manifest.json().path("apiVersion"));
            findLost(manifest.json(), understood, "", lost);
            return lost;
        } catch (JsonProcessingException e) {
            return List.of(e.getMessage());
        }
    }

    /** A value that the model has no word for becomes nothing, such as an operation that there is not. */
    private static void findLost(JsonNode written, JsonNode understood, String path, List<String> lost) {
        if (written.isObject()) {
            written.properties()
                    .forEach(field -> findLost(
                            field.getValue(), understood.path(field.getKey()), path + "/" + field.getKey(), lost));
        } else if (written.isArray()) {
            IntStream.range(0, written.size())
                    .forEach(i -> findLost(written.get(i), understood.path(i), path + "/" + i, lost));
        } else if (!written.asText().equals(understood.asText())) {
            lost.add(path + ": " + written + " is understood as " + understood);
        }
    }

    private static List<String> bySchema(Manifest manifest, String schema) {
        try (InputStream in = Understanding.class.getResourceAsStream("/schemas/" + schema + ".schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .validate(manifest.json().toString(), InputFormat.JSON)
                    .stream()
                    .map(Error::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
