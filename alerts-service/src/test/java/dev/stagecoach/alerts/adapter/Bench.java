package dev.stagecoach.alerts.adapter;

import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.platform.Platform;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts events in at one end of the service and looks at the others. */
final class Bench {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Platform platform;
    private final String database;

    Bench(Platform platform, String database) {
        this.platform = platform;
        this.database = database;
    }

    void send(Event<?>... events) {
        send(List.of(events).stream().map(EventCodec::toRecord).toList());
    }

    void send(List<ProducerRecord<String, byte[]>> records) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", platform.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var acknowledgements = records.stream().map(producer::send).toList();
            for (var acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("not sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A number from the service's database. */
    long count(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return new PlainDatabase(platform, database).getConnection();
    }

    void awaitCount(String sql, long expected) {
        await(sql).atMost(PATIENCE).until(() -> count(sql) == expected);
    }

    void awaitAlerts(String account, long expected) {
        awaitCount("select count(*) from alert where account = '" + account + "'", expected);
    }

    /** Until the service has read all that its topics hold and published all that came of it. */
    void awaitRest(List<String> topics) {
        long ends = endOffsets(topics);
        await("all is read")
                .atMost(PATIENCE)
                .until(() -> count("select coalesce(sum(next_offset), 0) from consumed_offset where topic in ('"
                                + String.join("', '", topics) + "')")
                        >= ends);
        awaitCount("select count(*) from outbox", 0);
    }

    long endOffsets(List<String> topics) {
        try (var consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, topics)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** The ids of all records of these topics, repeated ones repeatedly. */
    List<String> publishedIds(List<String> topics) {
        return published(topics).stream()
                .map(one -> EventHeaders.ID.read(one.headers()).orElseThrow())
                .toList();
    }

    /** The traces that the records of an account are part of. */
    List<String> tracesOf(List<String> topics, String account) {
        return published(topics).stream()
                .filter(one -> account.equals(one.key()))
                .map(one -> EventHeaders.TRACE_PARENT.read(one.headers()).orElseThrow())
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> published(List<String> topics) {
        List<ConsumerRecord<String, byte[]>> published = new ArrayList<>();
        try (var consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topics);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(published::add);
            }
        }
        return published;
    }

    static Set<String> distinct(List<String> ids) {
        return new HashSet<>(ids);
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", platform.bootstrapServers(), "group.id", "bench-" + UUID.randomUUID()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, List<String> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }
}
