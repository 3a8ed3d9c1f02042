package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No wait has crept in between a record and what it causes. */
class LatencyTest {
    private static final Logger LOG = LoggerFactory.getLogger(LatencyTest.class);

    @Test
    void anIdleMemberReactsAtOnce() throws SQLException {
        // Given
        try (Workplace workplace = Workplace.open();
                KeptConnections connections = new KeptConnections(workplace.database());
                Member member =
                        new Member(workplace.settings(100), connections.dataSource(), new Ledger(workplace.decisions));
                KafkaConsumer<String, byte[]> reader = reader(workplace)) {
            member.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> workplace.count("consumed_offset") == 2 * Workplace.PARTITIONS);
            // When
            List<Long> micros = new ArrayList<>();
            for (int second = 0; second < 60; second++) {
                long start = System.nanoTime();
                workplace.produce(Records.usage(workplace.usage, "account-" + second % 7, second));
                awaitPublished(reader);
                micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            }
            // Then
            List<Long> warm = new ArrayList<>(micros.subList(20, 60));
            Collections.sort(warm);
            LOG.info(
                    "produced to published: median {} us, 90 % {} us, longest {} us, first {} us",
                    warm.get(warm.size() / 2),
                    warm.get(warm.size() * 9 / 10),
                    warm.get(warm.size() - 1),
                    micros.get(0));
            assertThat(warm.get(warm.size() / 2))
                    .as("median microseconds")
                    .isLessThan(Duration.ofMillis(80).toNanos() / 1000);
        }
    }

    private static KafkaConsumer<String, byte[]> reader(Workplace workplace) {
        KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", workplace.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        reader.assign(reader.partitionsFor(workplace.decisions).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        return reader;
    }

    private static void awaitPublished(KafkaConsumer<String, byte[]> reader) {
        int published = 0;
        while (published == 0) {
            published = reader.poll(Duration.ofSeconds(5)).count();
        }
    }
}
