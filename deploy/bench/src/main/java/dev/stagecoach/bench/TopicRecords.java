package dev.stagecoach.bench;

import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Counts the records of topics by their offsets, which no producer without transactions leaves out. */
final class TopicRecords implements AutoCloseable {

    private final Admin admin;

    TopicRecords(String bootstrapServers) {
        this.admin = Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Makes a topic with as many partitions as the service's have. */
    void create(String topic) {
        get(admin.createTopics(List.of(new NewTopic(topic, Topics.DEFAULT_PARTITIONS, (short) 1)))
                .all());
    }

    /** How many records were ever written. */
    long written(String topic) {
        return ends(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Frees the disk; {@link #written} stays as it is. */
    void delete(String topic) {
        get(admin.deleteRecords(ends(topic).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                .all());
    }

    private Map<TopicPartition, Long> ends(String topic) {
        var latest = EventLog.partitionsOf(topic)
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return get(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new Complaint("Kafka does not answer: " + e.getCause() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
