package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Topics;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.SharedPlatform;
import dev.stagecoach.platform.TopicLeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postgresql.ds.PGSimpleDataSource;

/** Topics and a database of a test's own, on the real Kafka and PostgreSQL. */
final class Workplace implements AutoCloseable {
    static final int PARTITIONS = 4;

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String[] MACHINERY = {
        "/db/exactlyonce/V0_1__offsets_and_outbox.sql",
        "/db/exactlyonce/V0_2__dead_letters_as_they_came.sql",
        "/db/exactlyonce/V0_3__replays.sql",
        "/db/exactlyonce/V0_4__traces.sql",
        "/db/exactlyonce/V0_5__dead_letters_that_hold_a_text.sql"
    };
    private static final String APPLIED = """
            create table applied (
                seq bigserial primary key, id text not null, account text, topic text not null, partition int not null,
                at_offset bigint not null);
            create table total (account text primary key, records bigint not null);
            """;

    final String usage;
    final String pings;
    final String decisions;
    final String group;
    private final String jdbcUrl;
    private final Platform platform;
    private final KafkaProducer<String, byte[]> producer;

    private Workplace(Platform platform, Platform postgres, int pingPartitions) {
        this.platform = platform;
        String number = "-" + NUMBER.incrementAndGet();
        usage = "usage" + number;
        pings = "pings" + number;
        decisions = "decisions" + number;
        group = "group" + number;
        createTopics(pingPartitions);
        jdbcUrl = postgres.jdbcUrl("exactlyonce" + number.replace('-', '_')) + "?user=" + postgres.databaseUser()
                + "&password=" + postgres.databasePassword();
        createTables();
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static Workplace open() {
        return open(PARTITIONS);
    }

    /** One whose second topic has another number of partitions. */
    static Workplace open(int pingPartitions) {
        Platform shared = SharedPlatform.with(Set.of(Part.KAFKA, Part.POSTGRES));
        return new Workplace(shared, shared, pingPartitions);
    }

    /** One on servers of the test's own, which it may stop and start again where they were. */
    static Workplace on(Platform kafka, Platform postgres) {
        return new Workplace(kafka, postgres, PARTITIONS);
    }

    private void createTopics(int pingPartitions) {
        short oneNode = 1;
        try (Admin admin = admin()) {
            admin.createTopics(List.of(
                            new NewTopic(usage, PARTITIONS, oneNode),
                            new NewTopic(pings, pingPartitions, oneNode),
                            new NewTopic(decisions, PARTITIONS, oneNode),
                            new NewTopic(deadLetters(), PARTITIONS, oneNode)))
                    .all()
                    .get();
            TopicLeaders.await(platform.bootstrapServers(), List.of(usage, pings, decisions, deadLetters()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The topic of decisions refuses records, and batches of them, above so many bytes. */
    void takeNoRecordAbove(int bytes) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, decisions);
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()));
    }

    private void createTables() {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            for (String script : MACHINERY) {
                statement.execute(resource(script));
            }
            statement.execute(APPLIED);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Workplace.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String bootstrapServers() {
        return platform.bootstrapServers();
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    DataSource database() {
        return dataSource(jdbcUrl);
    }

    static DataSource dataSource(String jdbcUrl) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(jdbcUrl);
        return database;
    }

    ConsumerSettings settings(int maxBatch) {
        return new ConsumerSettings(bootstrapServers(), group, List.of(usage, pings), maxBatch);
    }

    /** Returns when Kafka has it. */
    void produce(Event<?> event) {
        produce(EventCodec.toRecord(event));
    }

    /** Returns when Kafka has it. */
    void produce(ProducerRecord<String, byte[]> one) {
        await(List.of(producer.send(one)));
    }

    /** Returns when Kafka has them all. */
    void produceAll(List<? extends Event<?>> events) {
        List<Future<?>> acknowledgements = new ArrayList<>();
        events.forEach(event -> acknowledgements.add(producer.send(EventCodec.toRecord(event))));
        await(acknowledgements);
    }

    private static void await(List<? extends Future<?>> acknowledgements) {
        try {
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String deadLetters() {
        return Topics.deadLetters(group);
    }

    /** Everything that stands in the topic of decisions, each partition in its order. */
    List<ConsumerRecord<String, byte[]>> published() {
        return readAll(decisions);
    }

    /** Everything that stands in a topic, each partition in its order. */
    List<ConsumerRecord<String, byte[]>> readAll(String topic) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers(), "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, byte[]> reader =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    /** The first column of the rows. */
    List<String> query(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    void execute(String sql) {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String table) {
        return Long.parseLong(query("select count(*) from " + table).get(0));
    }

    @Override
    public void close() {
        producer.close();
    }
}
