package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.operation.Lag;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far all services have read, as they tell Kafka for those who look. Whether a partition moves is found out by looking again: what
 * stood where at the last look is remembered by this process.
 */
@ApplicationScoped
class KafkaLags {
    private static final int ANSWERS_MILLIS = 2_000;

    /** In the order in which data flows through them. */
    static final List<String> GROUPS =
            List.of("lifecycle-service", "outreach-service", KafkaInputs.GROUP, RejectsRunner.GROUP);

    private final KafkaConnection kafka;
    private final Map<Place, Stand> stands = new ConcurrentHashMap<>();
    private @Nullable Admin admin;

    KafkaLags(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = new KafkaConnection(kafka);
    }

    private record Place(String group, TopicPartition partition) {}

    /** @param since when it was seen there first */
    private record Stand(long offset, Instant since) {}

    /**
     * What was found.
     *
     * @param problem why nothing was; null when something was
     */
    record Found(List<Lag> lags, @Nullable String problem) {}

    Found look() {
        try {
            return new Found(lags(), null);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return new Found(List.of(), "Kafka at " + kafka.bootstrapServers() + " does not answer: " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Found(List.of(), "interrupted");
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private List<Lag> lags() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> read = read();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        read.values().forEach(group -> group.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin().listOffsets(asked).all().get(ANSWERS_MILLIS, TimeUnit.MILLISECONDS);
        List<Lag> lags = new ArrayList<>();
        read.forEach((group, offsets) -> lags.addAll(ofGroup(group, offsets, ends)));
        return lags;
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> read()
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, ListConsumerGroupOffsetsSpec> asked = new HashMap<>();
        GROUPS.forEach(group -> asked.put(group, new ListConsumerGroupOffsetsSpec()));
        ListConsumerGroupOffsetsResult answer = admin().listConsumerGroupOffsets(asked);
        Map<String, Map<TopicPartition, OffsetAndMetadata>> read = new TreeMap<>();
        for (String group : GROUPS) {
            read.put(group, answer.partitionsToOffsetAndMetadata(group).get(ANSWERS_MILLIS, TimeUnit.MILLISECONDS));
        }
        return read;
    }

    private List<Lag> ofGroup(
            String group,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            Map<TopicPartition, ListOffsetsResultInfo> ends) {
        Instant now = Instant.now();
        Map<String, List<Unread>> byTopic = new TreeMap<>();
        offsets.forEach((partition, offset) -> {
            ListOffsetsResultInfo end = ends.get(partition);
            if (offset != null && end != null) {
                byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                        .add(unread(new Place(group, partition), offset.offset(), end.offset(), now));
            }
        });
        return byTopic.entrySet().stream()
                .map(topic -> lag(group, topic.getKey(), topic.getValue(), now))
                .toList();
    }

    /** @param since when the partition was seen first where it stands; null when all of it is read */
    private record Unread(long records, @Nullable Instant since) {}

    private Unread unread(Place place, long offset, long end, Instant now) {
        if (offset >= end) {
            stands.remove(place);
            return new Unread(0, null);
        }
        Stand stand = stands.merge(
                place, new Stand(offset, now), (before, seen) -> before.offset() == offset ? before : seen);
        return new Unread(end - offset, stand.since());
    }

    private static Lag lag(String group, String topic, List<Unread> partitions, Instant now) {
        long unread = partitions.stream().mapToLong(Unread::records).sum();
        // The partition that has stood longest: the others may go on while it is stuck.
        Duration standing = partitions.stream()
                .map(Unread::since)
                .filter(since -> since != null)
                .min(Instant::compareTo)
                .map(since -> Duration.between(since, now))
                .orElse(null);
        return new Lag(group, topic, unread, standing);
    }

    /** Made when it is needed first, and again after it could not be: Kafka's name need not resolve when this service starts. */
    private synchronized Admin admin() {
        Admin connected = admin;
        if (connected == null) {
            connected = Admin.create(kafka.with(Map.of(
                    AdminClientConfig.CLIENT_ID_CONFIG, "alerts-service-console",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWERS_MILLIS,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWERS_MILLIS)));
            admin = connected;
        }
        return connected;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofMillis(ANSWERS_MILLIS));
        }
    }
}
