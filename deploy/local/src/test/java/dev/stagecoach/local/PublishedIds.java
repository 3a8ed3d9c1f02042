package dev.stagecoach.local;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands in topics under each id. */
final class PublishedIds {

    private PublishedIds() {}

    /** The ids that stand for more than one thing, each with its topic and all that it stands for. */
    static List<String> ofDifferentThings(String bootstrapServers, String... topics) {
        var values = new HashMap<String, Set<String>>();
        var partitions = List.of(topics).stream()
                .flatMap(topic -> IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
                .toList();
        try (var kafka = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicReader.readAll(kafka, partitions, each -> note(each, values));
        }
        return values.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(each -> each.getKey() + ": " + each.getValue())
                .sorted()
                .toList();
    }

    private static void note(ConsumerRecord<byte[], byte[]> consumed, Map<String, Set<String>> values) {
        if (consumed.value() != null) {
            var id = consumed.topic() + " "
                    + EventHeaders.ID.read(consumed.headers()).orElseThrow();
            values.computeIfAbsent(id, unseen -> new TreeSet<>())
                    .add(new String(consumed.value(), StandardCharsets.UTF_8));
        }
    }
}
