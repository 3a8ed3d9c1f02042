package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final int MOST_BUFFERED = 3;
    private static final TopicPartition BUSY = new TopicPartition("busy", 0);
    private static final TopicPartition QUIET = new TopicPartition("quiet", 0);

    private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
    private final Lanes lanes = new Lanes(List.of("busy", "quiet"), MOST_BUFFERED);

    @BeforeEach
    void assign() {
        kafka.assign(List.of(BUSY, QUIET));
        kafka.updateBeginningOffsets(Map.of(BUSY, 0L, QUIET, 0L));
        kafka.seek(BUSY, 0);
        kafka.seek(QUIET, 0);
    }

    @Test
    void waitsForTheBacklogOfAnotherTopicWhateverIsDeliveredFirst() {
        // Given
        place(Map.of(BUSY, 2L, QUIET, 1L));
        deliver(BUSY, 2);
        // When
        List<ConsumerRecord<String, byte[]>> taken = take();
        // Then
        assertThat(taken).isEmpty();
    }

    @Test
    void goesOnOnceTheBacklogIsRead() {
        // Given
        place(Map.of(BUSY, 2L, QUIET, 1L));
        deliver(BUSY, 2);
        deliver(QUIET, 1);
        // When
        List<ConsumerRecord<String, byte[]>> taken = take();
        // Then
        assertThat(taken).hasSize(3);
    }

    @Test
    void doesNotWaitForATopicThatWasReadToItsEnd() {
        // Given
        place(Map.of(BUSY, 2L, QUIET, 0L));
        deliver(BUSY, 2);
        // When
        List<ConsumerRecord<String, byte[]>> taken = take();
        // Then
        assertThat(taken).hasSize(2);
    }

    @Test
    void fetchesNoMoreOfATopicThatWaits() {
        // Given
        place(Map.of(BUSY, 9L, QUIET, 1L));
        deliver(BUSY, MOST_BUFFERED);
        // When
        lanes.holdBack(kafka);
        // Then
        assertThat(kafka.paused()).containsExactly(BUSY);
    }

    @Test
    void fetchesAgainOnceThereIsRoom() {
        // Given
        place(Map.of(BUSY, 9L, QUIET, 1L));
        deliver(BUSY, MOST_BUFFERED);
        lanes.holdBack(kafka);
        deliver(QUIET, 1);
        take();
        // When
        lanes.holdBack(kafka);
        // Then
        assertThat(kafka.paused()).isEmpty();
    }

    @Test
    void forgetsWhatWaitsWhenALaneIsPlacedAnew() {
        // Given
        place(Map.of(BUSY, 2L, QUIET, 0L));
        deliver(BUSY, 2);
        place(Map.of(BUSY, 2L, QUIET, 0L));
        // When
        List<ConsumerRecord<String, byte[]>> taken = take();
        // Then
        assertThat(taken).isEmpty();
    }

    @Test
    void knowsWhereEveryPartitionOfALaneStands() {
        // Given
        place(Map.of(BUSY, 9L, QUIET, 9L));
        lanes.moved(Map.of(BUSY, 7L));
        // When
        Map<TopicPartition, Long> positions = lanes.positions(Set.of(0));
        // Then
        assertThat(positions).isEqualTo(Map.of(BUSY, 7L, QUIET, 0L));
    }

    private void place(Map<TopicPartition, Long> ends) {
        kafka.updateEndOffsets(ends);
        lanes.place(Set.of(0), Map.of(BUSY, 0L, QUIET, 0L), ends, Map.of());
    }

    private void deliver(TopicPartition partition, int count) {
        Map<TopicPartition, Long> from = new HashMap<>();
        from.put(partition, kafka.position(partition));
        for (int i = 0; i < count; i++) {
            kafka.addRecord(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    from.get(partition) + i,
                    "acme",
                    "{}".getBytes(StandardCharsets.UTF_8)));
        }
        kafka.poll(Duration.ZERO).forEach(lanes::add);
    }

    private List<ConsumerRecord<String, byte[]>> take() {
        List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
        lanes.takeInOrder(kafka, 0, 10, taken);
        return taken;
    }
}
