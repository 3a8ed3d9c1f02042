package dev.stagecoach.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import dev.stagecoach.platform.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@DisabledIfSystemProperty(named = "platform", matches = "containers", disabledReason = "kills a process of ours")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TopicReaderTest {

    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private static Platform platform;
    private static Server broker;

    private final String topic = "told-" + TOPICS.incrementAndGet();
    private final List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    private final List<String> read = new ArrayList<>();

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformOptions.forTests(Part.KAFKA));
        broker = platform.servers().get(0);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void aTopic() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    @Test
    void anEmptyTopicIsReadAtOnce() {
        // When
        readAll(LONG_ENOUGH, told -> {});

        // Then
        assertThat(read).isEmpty();
    }

    @Test
    void everyRecordIsHandedOverAlsoWhenItIsReadAgain() throws Exception {
        // Given
        tell(0, "a", "b");
        tell(2, "c");

        try (var consumer = consumer()) {
            // When
            var reader = new TopicReader<>(consumer, LONG_ENOUGH);
            reader.read(partitions, told -> read.add(told.value()));
            reader.read(partitions, told -> read.add(told.value()));
        }

        // Then
        assertThat(read).containsExactlyInAnyOrder("a", "b", "c", "a", "b", "c");
    }

    @Test
    void theEndIsReachedWhereNoRecordStandsThere() throws Exception {
        // Given the marks of transactions at the end of one, and nothing any more in another
        try (var producer = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, null, "committed")).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, null, "aborted")).get();
            producer.abortTransaction();
        }
        tell(1, "deleted");
        try (var admin = admin()) {
            admin.deleteRecords(Map.of(partitions.get(1), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }

        // When
        readAll(LONG_ENOUGH, told -> {});

        // Then
        assertThat(read).containsExactly("committed");
    }

    @Test
    void whenKafkaIsKilledMidwayItIsSaidHowFarAllWasRead() throws Exception {
        // Given
        tell(1, "a", "b", "c", "d", "e", "f", "g", "h");

        // When
        try {
            assertThatThrownBy(() -> readAll(PATIENCE, told -> killOnce()))
                    // Then
                    .isInstanceOf(Complaint.class)
                    .hasMessageMatching("Kafka does not answer any more: " + topic
                            + "-1 is read up to [1-7] of 8, and nothing came for 2 s\\."
                            + " Look whether it is up, and start this again\\.");
        } finally {
            broker.start();
        }
        assertThat(read).startsWith("a").doesNotContain("h");
    }

    @Test
    void whenKafkaFreezesMidwayItIsSaidToo() throws Exception {
        // Given
        tell(1, "a", "b", "c", "d", "e", "f", "g", "h");

        // When
        try {
            assertThatThrownBy(() -> readAll(PATIENCE, told -> freezeOnce()))
                    // Then
                    .isInstanceOf(Complaint.class)
                    .hasMessageStartingWith("Kafka does not answer any more: " + topic + "-1 is read up to ");
        } finally {
            broker.thaw();
        }
    }

    @Test
    void whenKafkaComesBackInTimeNothingIsLost() throws Exception {
        // Given
        tell(1, "a", "b", "c", "d", "e", "f", "g", "h");

        // When
        readAll(LONG_ENOUGH, told -> {
            if (read.size() == 1) {
                broker.kill();
                broker.start();
            }
        });

        // Then
        assertThat(read).containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
    }

    @Test
    void aReaderMayTakeItsTime() throws Exception {
        // Given
        tell(1, "a", "b", "c");

        // When
        readAll(Duration.ofMillis(500), told -> {
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        // Then
        assertThat(read).containsExactly("a", "b", "c");
    }

    @Test
    void whenKafkaIsGoneFromTheStartItIsSaidToo() {
        try (var consumer = consumer()) {
            // Given
            broker.kill();

            // When
            assertThatThrownBy(() -> new TopicReader<>(consumer, PATIENCE).read(partitions, told -> {}))
                    // Then
                    .isInstanceOf(Complaint.class)
                    .hasMessageStartingWith("Kafka does not answer: ");
        } finally {
            broker.start();
        }
    }

    private void killOnce() {
        if (read.size() == 1) {
            broker.kill();
        }
    }

    private void freezeOnce() {
        if (read.size() == 1) {
            broker.freeze();
        }
    }

    private void readAll(Duration patience, Consumer<String> each) {
        try (var consumer = consumer()) {
            new TopicReader<>(consumer, patience).read(partitions, told -> {
                read.add(told.value());
                each.accept(told.value());
            });
        }
    }

    /** Fetches one batch at a time, so that it has not read all when Kafka goes away. */
    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        platform.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        1,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        5_000,
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /** Each in a batch of its own. */
    private void tell(int partition, String... values) throws Exception {
        try (var producer = producer(Map.of())) {
            for (var value : values) {
                producer.send(new ProducerRecord<>(topic, partition, null, value))
                        .get();
            }
        }
    }

    private KafkaProducer<String, String> producer(Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private Admin admin() {
        return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()));
    }
}
