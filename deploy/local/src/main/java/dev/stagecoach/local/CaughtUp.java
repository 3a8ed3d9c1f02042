package dev.stagecoach.local;

import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.platform.Patience;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Knows when nothing is left to do: each service has read all that Kafka has for it, has published all that it decided, and has
 * sent all that is due. Looks into the services' tables, which only something that runs them all may do.
 */
final class CaughtUp implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(3);

    static final Map<Service, List<String>> READ_BY = new EnumMap<>(Map.of(
            Service.LIFECYCLE,
            List.of(Topics.TIME_TICKS, Topics.ACCOUNTS, Topics.USAGE_PINGS, Topics.USAGE_EVENTS),
            Service.OUTREACH,
            List.of(
                    Topics.TIME_TICKS,
                    Topics.ACCOUNTS,
                    Topics.CONTACTS,
                    Topics.LIFECYCLE_STAGES,
                    Topics.LIFECYCLE_HEALTH,
                    Topics.LIFECYCLE_MILESTONES,
                    Topics.LIFECYCLE_USAGE,
                    Topics.LIFECYCLE_RECAPS),
            Service.ALERTS,
            List.of(
                    Topics.TIME_TICKS,
                    Topics.ACCOUNTS,
                    Topics.CONTACTS,
                    Topics.LIFECYCLE_STAGES,
                    Topics.LIFECYCLE_MILESTONES,
                    Topics.LIFECYCLE_USAGE,
                    Topics.LIFECYCLE_HEALTH,
                    Topics.LIFECYCLE_RECAPS,
                    Topics.OUTREACH_MESSAGES,
                    Topics.OUTREACH_RESPONSES)));

    /** How much a service still has to do besides reading. */
    private static final Map<Service, String> UNFINISHED = new EnumMap<>(Map.of(
            Service.LIFECYCLE,
            "select count(*) from outbox",
            Service.OUTREACH,
            """
            select (select count(*) from outbox)
                 + (select count(*) from delivery where state = 'sending')
                 + (select count(*) from delivery d join partition_clock c on c.partition = d.partition
                     where d.state = 'planned' and d.due_at <= c.now)
            """,
            Service.ALERTS,
            "select (select count(*) from outbox) + (select count(*) from delivery where state = 'waiting')"));

    private final Stack stack;
    private final Duration patience;
    private final KafkaConsumer<byte[], byte[]> kafka;
    private final List<TopicPartition> partitions;
    private final Map<Service, Connection> databases = new EnumMap<>(Service.class);

    /** Where the topics ended at the last look. */
    private Map<TopicPartition, Long> ends = Map.of();

    CaughtUp(Stack stack) {
        this(stack, PATIENCE);
    }

    /** @param patience how long it may take until all is done */
    CaughtUp(Stack stack, Duration patience) {
        this.stack = stack;
        this.patience = patience;
        this.kafka = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.platform().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.partitions = READ_BY.values().stream()
                .flatMap(List::stream)
                .distinct()
                .flatMap(CaughtUp::partitionsOf)
                .toList();
    }

    private static Stream<TopicPartition> partitionsOf(String topic) {
        return IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition));
    }

    /** @throws Complaint if the services do not catch up in time, naming the one that is behind */
    void await(Service... services) {
        var behind = new String[] {"nobody"};
        boolean done = Patience.of(patience, PAUSE).until(() -> {
            stack.requireAlive();
            behind[0] = firstBehind(List.of(services));
            return behind[0].isEmpty();
        });
        if (!done) {
            throw new Complaint("Not caught up within %d s: %s.".formatted(patience.toSeconds(), behind[0]));
        }
    }

    /** Who is behind with what, upstream services first; empty when all have caught up. */
    private String firstBehind(List<Service> services) {
        // Whoever is behind with what was there at the last look is so with what is there now: no need to ask Kafka
        // again and again.
        for (var service : services) {
            var behind = behind(service);
            if (!behind.isEmpty()) {
                return service + " " + behind;
            }
        }
        var before = ends;
        ends = kafka.endOffsets(partitions);
        // What an upstream service published after the last look would have been missed.
        return ends.equals(before) ? "" : "more has come in";
    }

    private String behind(Service service) {
        try {
            var connection = database(service);
            var read = new HashMap<TopicPartition, Long>();
            try (var statement = connection.createStatement()) {
                try (var rows = statement.executeQuery("select topic, partition, next_offset from consumed_offset")) {
                    while (rows.next()) {
                        read.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
                    }
                }
                for (var topic : READ_BY.getOrDefault(service, List.of())) {
                    for (var partition : partitionsOf(topic).toList()) {
                        if (read.getOrDefault(partition, 0L) < ends.getOrDefault(partition, 0L)) {
                            return "has not read all of " + partition;
                        }
                    }
                }
                try (var rows = statement.executeQuery(UNFINISHED.get(service))) {
                    rows.next();
                    return rows.getLong(1) == 0 ? "" : "has " + rows.getLong(1) + " things under way";
                }
            }
        } catch (SQLException e) {
            databases.remove(service);
            return "cannot be looked at: " + e.getMessage();
        }
    }

    private Connection database(Service service) throws SQLException {
        var open = databases.get(service);
        if (open == null) {
            open = DriverManager.getConnection(
                    stack.jdbcUrl(service).orElseThrow(),
                    stack.platform().databaseUser(),
                    stack.platform().databasePassword());
            databases.put(service, open);
        }
        return open;
    }

    @Override
    public void close() {
        kafka.close();
        for (var database : new ArrayList<>(databases.values())) {
            try {
                database.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
