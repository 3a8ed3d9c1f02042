package dev.stagecoach.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UnreadableEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Events as their schemas show them by example, but with markup and script in every text that may be anything. */
final class Graffiti {
    /** Ends attributes and elements, runs where it can, loads what it can, and leaves an element that can be looked for. */
    static final String MARKUP =
            "\"'></title></script><img src=x onerror=alert(1)><i data-graffiti onclick=alert(2)>{1+1}</i>";

    /** What the console learns from; its own alerts are what it makes of that. */
    private static final List<EventType> TOLD = List.of(EventType.values()).stream()
            .filter(type -> !Set.of(
                            EventType.USAGE_PING, EventType.USAGE_EVENT, EventType.TIME_TICK, EventType.ALERT_RAISED)
                    .contains(type))
            .toList();

    private final Instant at;
    /** The texts that took the markup, as {@code type/field}. */
    private final Set<String> painted = new TreeSet<>();

    private int told;

    Graffiti(Instant at) {
        this.at = at;
    }

    Set<String> painted() {
        return Set.copyOf(painted);
    }

    /** Tells each kind of event of the account, and returns when Kafka has them. */
    void tellOf(String account, String bootstrapServers) {
        try (var kafka = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (var type : TOLD) {
                for (var example : examples(type)) {
                    kafka.send(paint(type, account, example)).get();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<ObjectNode> examples(EventType type) {
        var file = "/schemas/" + type.wireName().substring("stagecoach.".length()) + ".schema.json";
        try (var stream = EventType.class.getResourceAsStream(file)) {
            var found = new ArrayList<ObjectNode>();
            EventCodec.json().readTree(stream).path("examples").forEach(example -> found.add((ObjectNode) example));
            if (found.isEmpty()) {
                throw new IllegalStateException("no examples in " + file);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProducerRecord<String, byte[]> paint(EventType type, String account, ObjectNode value) {
        value.put("account", account);
        if (type == EventType.ACCOUNT_FACTS) {
            // Who has a technical advisor of their own gets no mails.
            value.put("segment", "managed");
        }
        paint(type, account, value, value, type.wireName());
        return event(type, account, value);
    }

    /** One text after the other: what is no free text, a date for instance, stays as it was. */
    private void paint(EventType type, String account, ObjectNode value, JsonNode part, String path) {
        if (part instanceof ObjectNode object) {
            for (var name : List.copyOf(
                    object.properties().stream().map(Map.Entry::getKey).toList())) {
                if (!name.equals("account")) {
                    var child = object.get(name);
                    if (child instanceof TextNode) {
                        object.put(name, MARKUP);
                        keepIfReadable(type, account, value, path + "/" + name, () -> object.set(name, child));
                    } else {
                        paint(type, account, value, child, path + "/" + name);
                    }
                }
            }
        } else if (part instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int place = i;
                var child = array.get(i);
                if (child instanceof TextNode) {
                    array.set(i, TextNode.valueOf(MARKUP));
                    keepIfReadable(type, account, value, path + "[]", () -> array.set(place, child));
                } else if (child instanceof ContainerNode<?>) {
                    paint(type, account, value, child, path + "[]");
                }
            }
        }
    }

    private void keepIfReadable(EventType type, String account, ObjectNode value, String path, Runnable undo) {
        if (isReadable(event(type, account, value))) {
            painted.add(path);
        } else {
            undo.run();
        }
    }

    private ProducerRecord<String, byte[]> event(EventType type, String account, ObjectNode value) {
        try {
            return EventCodec.toRecord(
                    "graffiti-" + account + "-" + told++,
                    type.wireName(),
                    type.topic(),
                    null,
                    "/graffiti",
                    account,
                    at,
                    MARKUP,
                    null,
                    EventCodec.json().writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isReadable(ProducerRecord<String, byte[]> sent) {
        var received = new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                sent.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
        try {
            return EventCodec.read(received).isPresent();
        } catch (UnreadableEventException e) {
            return false;
        }
    }
}
