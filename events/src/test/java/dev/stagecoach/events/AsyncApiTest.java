package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The document for other programs names every topic and every type, where they belong, and nothing else. */
class AsyncApiTest {
    private static final List<String> ALERT_TOPICS =
            List.of(Topics.ALERTS_CUSTOMER_USAGE, Topics.ALERTS_SCALED_SUCCESS, Topics.ALERTS_GTM_OPERATIONS);
    private static final List<String> DEAD_LETTER_TOPICS =
            List.of(Topics.LIFECYCLE_DEAD_LETTERS, Topics.OUTREACH_DEAD_LETTERS, Topics.ALERTS_DEAD_LETTERS);

    private static final List<String> SERVICES =
            List.of("usage-ingest", "lifecycle-service", "outreach-service", "alerts-service");

    private final JsonNode document = Schemas.asyncApi();

    @Test
    void namesEveryTopic() {
        assertThat(document.path("channels").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(Topics.names());
        document.path("channels")
                .properties()
                .forEach(channel ->
                        assertThat(channel.getValue().path("address").asText()).isEqualTo(channel.getKey()));
    }

    @Test
    void namesEveryTypeOnItsTopic() {
        Map<String, Set<String>> expected = new TreeMap<>();
        Topics.names().forEach(topic -> expected.put(topic, new TreeSet<>()));
        for (EventType type : EventType.values()) {
            List<String> topics = type == EventType.ALERT_RAISED ? ALERT_TOPICS : List.of(type.topic());
            topics.forEach(topic -> expected.get(topic).add(type.wireName()));
        }
        expected.get(Topics.USAGE_QUARANTINE).addAll(List.of(EventType.USAGE_REJECTED, EventType.USAGE_REPLAYED));
        DEAD_LETTER_TOPICS.forEach(topic -> expected.get(topic).add("dead-letter"));
        Map<String, Set<String>> named = new TreeMap<>();
        document.path("channels").properties().forEach(channel -> {
            Set<String> types = new TreeSet<>();
            channel.getValue().path("messages").fieldNames().forEachRemaining(types::add);
            named.put(channel.getKey(), types);
        });
        assertThat(named).isEqualTo(expected);
    }

    @Test
    void saysOfEveryTopicHowLongItIsKept() {
        for (NewTopic topic : Topics.all()) {
            JsonNode kafka = document.path("channels")
                    .path(topic.name())
                    .path("bindings")
                    .path("kafka");
            JsonNode configuration = kafka.path("topicConfiguration");
            assertThat(configuration.path("cleanup.policy").path(0).asText())
                    .as(topic.name())
                    .isEqualTo(topic.configs().get("cleanup.policy"));
            assertThat(configuration.path("retention.ms").asText())
                    .as(topic.name())
                    .isEqualTo(topic.configs().get("retention.ms"));
            assertThat(kafka.path("partitions").asInt()).isEqualTo(topic.numPartitions());
        }
    }

    @Test
    void pointsEveryTypeToItsOwnSchemaAndHeader() {
        Set<String> schemas = new TreeSet<>();
        document.path("components").path("messages").properties().forEach(message -> {
            String reference = message.getValue()
                    .path("payload")
                    .path("schema")
                    .path("$ref")
                    .asText();
            assertThat(reference).isEqualTo("schemas/" + message.getKey().replace("stagecoach.", "") + ".schema.json");
            assertThat(message.getValue().path("headers").findPath("const").asText())
                    .isEqualTo(message.getKey());
            assertThat(message.getValue().path("name").asText()).isEqualTo(message.getKey());
            schemas.add(message.getKey());
        });
        assertThat(schemas).isEqualTo(Schemas.wireNames());
    }

    @Test
    void describesEveryHeader() {
        Set<String> described = new TreeSet<>();
        JsonNode schemas = document.path("components").path("schemas");
        schemas.path("headers").path("properties").fieldNames().forEachRemaining(described::add);
        schemas.path("rejectedHeaders").path("properties").fieldNames().forEachRemaining(described::add);
        schemas.path("deadLetterHeaders").path("properties").fieldNames().forEachRemaining(described::add);
        Set<String> known = new TreeSet<>();
        for (EventHeaders header : EventHeaders.values()) {
            known.add(header.key());
        }
        assertThat(described).isEqualTo(known);
    }

    @Test
    void saysWhoWritesEveryTopic() {
        Set<String> written = new TreeSet<>();
        document.path("operations").forEach(operation -> {
            if (operation.path("action").asText().equals("send")) {
                written.add(operation.path("channel").path("$ref").asText().replace("#/channels/", ""));
            }
        });
        assertThat(written).containsExactlyInAnyOrderElementsOf(Topics.names());
    }

    @Test
    void namesInWordsWhoWritesAndWhoReads() {
        Map<String, Set<String>> named = new TreeMap<>();
        document.path("channels").properties().forEach(channel -> {
            String words = channel.getValue().path("description").asText();
            named.put(channel.getKey(), servicesIn(words.substring(words.indexOf("Written by"))));
        });
        Map<String, Set<String>> operating = new TreeMap<>();
        document.path("operations")
                .properties()
                .forEach(operation -> operating
                        .computeIfAbsent(
                                operation
                                        .getValue()
                                        .path("channel")
                                        .path("$ref")
                                        .asText()
                                        .replace("#/channels/", ""),
                                any -> new TreeSet<>())
                        .addAll(servicesIn(operation.getKey().split("\\.", 2)[0])));
        assertThat(named).isEqualTo(operating);
    }

    private static Set<String> servicesIn(String words) {
        Set<String> services = new TreeSet<>(SERVICES);
        services.removeIf(service -> !words.contains(service));
        return services;
    }

    @Test
    void refersToNothingThatIsNotThere() {
        List<String> dangling = new ArrayList<>();
        for (JsonNode reference : document.findValues("$ref")) {
            String target = reference.asText();
            boolean there = target.startsWith("#")
                    ? !document.at(target.substring(1)).isMissingNode()
                    : EventCodec.class.getResource("/" + target) != null;
            if (!there) {
                dangling.add(target);
            }
        }
        assertThat(dangling).isEmpty();
    }
}
