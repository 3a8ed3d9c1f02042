package dev.stagecoach.local;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.TopicReader;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What usage-ingest has recorded. */
final class UsageRecords {

    private UsageRecords() {}

    /**
     * The ids of all records of a topic, up to where it ends now.
     *
     * @throws Complaint if Kafka does not answer
     */
    static Set<String> ids(String bootstrapServers, String topic) {
        var partitions = IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        var ids = new HashSet<String>();
        try (var kafka = new KafkaConsumer<>(
                TopicReader.settings(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicReader.readAll(
                    kafka,
                    partitions,
                    each -> ids.add(EventHeaders.ID.read(each.headers()).orElseThrow()));
        }
        return ids;
    }
}
