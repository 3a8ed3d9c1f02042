package dev.stagecoach.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AsyncAPI document has who writes and who reads; the tests of the services hold it to what they subscribe to. */
class KafkaUsersTest {
    private static final Map<String, Set<String>> GROUPS = Map.of(
            "usage-ingest", Set.of(),
            "lifecycle-service", Set.of("lifecycle-service"),
            "outreach-service", Set.of("outreach-service"),
            "alerts-service", Set.of("alerts-service", "alerts-service-rejects", "alerts-feed-*"));

    private final JsonNode contract =
            Manifests.yaml(Manifests.CHECKOUT.resolve("events/src/main/resources/asyncapi.yaml"));

    @ParameterizedTest
    @ValueSource(strings = {"usage-ingest", "lifecycle-service", "outreach-service", "alerts-service"})
    void mayReadAndWriteTheirOwnTopicsAndNoOthers(String service) {
        assertThat(allowed(service, "topic", Set.of("Read", "Write"))).isEqualTo(operations(service));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage-ingest", "lifecycle-service", "outreach-service", "alerts-service"})
    void mayJoinTheirOwnGroupsAndNoOthers(String service) {
        assertThat(allowed(service, "group", Set.of("Read")).keySet()).isEqualTo(GROUPS.get(service));
    }

    @Test
    void mayOtherwiseLookHowFarOthersHaveRead() {
        Set<String> services = Set.of("lifecycle-service", "outreach-service");
        Set<String> theirTopics = new TreeSet<>();
        services.forEach(service -> theirTopics.addAll(read(service)));
        theirTopics.removeAll(allowed("alerts-service", "topic", Set.of("Read")).keySet());
        assertThat(allowed("alerts-service", "topic", Set.of("Describe")).keySet())
                .isEqualTo(theirTopics);
        assertThat(allowed("alerts-service", "group", Set.of("Describe")).keySet())
                .isEqualTo(services);
    }

    @Test
    void mayDoNothingElse() {
        assertThat(users())
                .hasSize(5)
                .allSatisfy(user -> assertThat(Manifest.each(user.spec().at("/authorization/acls")))
                        .allSatisfy(rule -> {
                            assertThat(rule.at("/resource/type").asText()).isIn("topic", "group");
                            assertThat(rule.path("operations"))
                                    .allSatisfy(operation ->
                                            assertThat(operation.asText()).isIn("Read", "Write", "Describe"));
                            assertThat(rule.has("host") || rule.has("type")).isFalse();
                        }));
    }

    @Test
    void letNobodyButOneServiceWriteToATopic() {
        Map<String, Integer> writers = new TreeMap<>();
        users().forEach(user -> allowed(user.name(), "topic", Set.of("Write"))
                .keySet()
                .forEach(topic -> writers.merge(topic, 1, Integer::sum)));
        assertThat(writers)
                .isNotEmpty()
                .allSatisfy((topic, number) -> assertThat(number).isOne());
    }

    @Test
    void letKedaLookAtWhatItScalesBy() {
        Set<String> topics = new TreeSet<>();
        List.of("lifecycle-service", "outreach-service", "alerts-service")
                .forEach(service -> topics.addAll(read(service)));
        assertThat(allowed("keda", "topic", Set.of("Describe")).keySet()).isEqualTo(topics);
        assertThat(allowed("keda", "group", Set.of("Describe")).keySet())
                .containsExactlyInAnyOrder("lifecycle-service", "outreach-service", "alerts-service");
        assertThat(allowed("keda", "topic", Set.of("Read", "Write"))).isEmpty();
    }

    @Test
    void comeByTlsThroughTheOnlyListener() {
        Manifest kafka =
                Manifests.written(Manifests.HOME.resolve("base/kafka.yaml")).get(0);
        assertThat(Manifest.each(kafka.spec().at("/kafka/listeners")))
                .singleElement()
                .satisfies(listener -> {
                    assertThat(listener.path("tls").asBoolean()).isTrue();
                    assertThat(listener.at("/authentication/type").asText()).isEqualTo("tls");
                });
        assertThat(kafka.spec().at("/kafka/authorization/type").asText()).isEqualTo("simple");
        assertThat(users())
                .allSatisfy(user -> assertThat(
                                user.spec().at("/authentication/type").asText())
                        .isEqualTo("tls"));
    }

    private Set<String> read(String service) {
        Set<String> read = new TreeSet<>();
        operations(service).forEach((topic, operations) -> {
            if (operations.contains("Read")) {
                read.add(topic);
            }
        });
        return read;
    }

    /** By topic, what the service does there. */
    private Map<String, Set<String>> operations(String service) {
        Map<String, Set<String>> operations = new TreeMap<>();
        contract.path("operations").properties().forEach(operation -> {
            if (operation.getKey().startsWith(service + ".")) {
                String topic = operation.getValue().at("/channel/$ref").asText().replace("#/channels/", "");
                String does = operation.getValue().path("action").asText().equals("send") ? "Write" : "Read";
                operations.computeIfAbsent(topic, any -> new TreeSet<>()).add(does);
            }
        });
        return operations;
    }

    /** By name of the resource, those of the operations that are allowed there. */
    private static Map<String, Set<String>> allowed(String user, String type, Set<String> operations) {
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (JsonNode rule : user(user).spec().at("/authorization/acls")) {
            JsonNode resource = rule.path("resource");
            for (JsonNode operation : rule.path("operations")) {
                if (resource.path("type").asText().equals(type) && operations.contains(operation.asText())) {
                    allowed.computeIfAbsent(name(resource), any -> new TreeSet<>())
                            .add(operation.asText());
                }
            }
        }
        return allowed;
    }

    private static String name(JsonNode resource) {
        String pattern = resource.path("patternType").asText();
        assertThat(pattern).isIn("literal", "prefix");
        return resource.path("name").asText() + (pattern.equals("prefix") ? "*" : "");
    }

    private static Manifest user(String name) {
        return users().stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Manifest> users() {
        return List.of("base/kafka-users.yaml", "components/autoscaling/kafka-user.yaml").stream()
                .map(Manifests.HOME::resolve)
                .map(Path::toAbsolutePath)
                .flatMap(file -> Manifests.written(file).stream())
                .toList();
    }
}
