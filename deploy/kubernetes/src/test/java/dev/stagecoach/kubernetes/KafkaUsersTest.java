package dev.stagecoach.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AsyncAPI document has who writes and who reads; the tests of the services hold it to what they subscribe to. */
class KafkaUsersTest {
    private static final String OPERATOR = "operator";
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
                .hasSize(6)
                .filteredOn(user -> !user.name().equals(OPERATOR))
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
        users().stream()
                .filter(user -> !user.name().equals(OPERATOR))
                .forEach(user -> allowed(user.name(), "topic", Set.of("Write"))
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

    /** What the commands topics check, quarantine and erase ask of Kafka, and nothing beside it. */
    @Test
    void letOperatorsFollowTheirRunbooksAndNothingElse() {
        Map<String, Set<String>> wanted = new TreeMap<>();
        Topics.names().forEach(topic -> wanted.put(topic, new TreeSet<>(Set.of("Read", "DescribeConfigs"))));
        wanted.get(Topics.USAGE_QUARANTINE).add("Write");
        wanted.get(Topics.CONTACTS).addAll(Set.of("Write", "AlterConfigs"));
        Pattern deletable = whereAnErasureMayDelete();
        wanted.forEach((topic, operations) -> {
            if (deletable.matcher(topic).matches()) {
                operations.add("Delete");
            }
        });
        Map<String, Set<String>> allowed = new TreeMap<>();
        assertThat(Manifest.each(user(OPERATOR).spec().at("/authorization/acls")))
                .allSatisfy(rule -> {
                    assertThat(rule.at("/resource/type").asText()).isEqualTo("topic");
                    assertThat(rule.has("host") || rule.has("type")).isFalse();
                    assertThat(allowed.put(
                                    name(rule.path("resource")),
                                    Manifest.each(rule.path("operations"))
                                            .map(JsonNode::asText)
                                            .collect(toCollection(TreeSet::new))))
                            .isNull();
                });
        assertThat(allowed).isEqualTo(wanted);
    }

    /** The topics in the table of docs/operating.md, where … stands for any part of a name. */
    private static Pattern whereAnErasureMayDelete() {
        String operating = Manifests.text(Manifests.CHECKOUT.resolve("docs/operating.md"));
        String section =
                operating.substring(operating.indexOf("## Erase a person"), operating.indexOf("## Personal data"));
        List<String> topics = Pattern.compile("(?m)^ +\\| `([^`]+)` \\|")
                .matcher(section)
                .results()
                .map(row -> row.group(1).replace(".", "\\.").replace("…", ".+"))
                .toList();
        assertThat(topics).hasSize(4);
        return Pattern.compile(String.join("|", topics));
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
                    assertThat(Manifest.each(listener.path("networkPolicyPeers"))
                                    .map(peer -> peer.at("/podSelector/matchLabels/stagecoach")
                                            .asText()))
                            .containsExactly("service", OPERATOR);
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
