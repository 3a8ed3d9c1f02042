package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Lane lane = new Lane(List.of(Topics.USAGE_EVENTS, Topics.ACCOUNTS, Topics.TIME_TICKS));
    private final Map<String, Long> offsets = new HashMap<>();

    @Test
    void mergesTopicsByTime() {
        // Given
        arrives(Topics.USAGE_EVENTS, 10);
        arrives(Topics.USAGE_EVENTS, 30);
        arrives(Topics.TIME_TICKS, 20);
        // When
        List<String> taken = take(LaneTest::allRead, 10);
        // Then
        assertThat(taken).containsExactly("usage.events@10", "time.ticks@20", "usage.events@30");
    }

    @Test
    void takesTicksFirstAndFactsSecondAtTheSameTime() {
        // Given
        arrives(Topics.USAGE_EVENTS, 10);
        arrives(Topics.ACCOUNTS, 10);
        arrives(Topics.TIME_TICKS, 10);
        // When
        List<String> taken = take(LaneTest::allRead, 10);
        // Then
        assertThat(taken).containsExactly("time.ticks@10", "accounts@10", "usage.events@10");
    }

    @Test
    void takesTheOtherTopicsByNameAtTheSameTimeWhicheverCameFirst() {
        // Given
        Lane other = new Lane(List.of("b", "a"));
        other.add(consumed("b", 10));
        other.add(consumed("a", 10));
        List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
        // When
        other.takeInOrder(LaneTest::allRead, 10, taken);
        // Then
        assertThat(taken).extracting(ConsumerRecord::topic).containsExactly("a", "b");
    }

    @Test
    void waitsForATopicThatHasMoreToCome() {
        // Given
        arrives(Topics.TIME_TICKS, 20);
        // When
        List<String> taken = take(topic -> !topic.equals(Topics.USAGE_EVENTS), 10);
        // Then
        assertThat(taken).isEmpty();
    }

    @Test
    void goesOnOnceTheAwaitedRecordIsHere() {
        // Given
        arrives(Topics.TIME_TICKS, 20);
        Predicate<String> moreUsageToCome = topic -> !topic.equals(Topics.USAGE_EVENTS);
        take(moreUsageToCome, 10);
        arrives(Topics.USAGE_EVENTS, 10);
        // When
        List<String> taken = take(moreUsageToCome, 10);
        // Then: the tick waits again, for what may come after the usage
        assertThat(taken).containsExactly("usage.events@10");
    }

    @Test
    void takesNoMoreThanItIsAskedFor() {
        // Given
        for (int time = 0; time < 5; time++) {
            arrives(Topics.USAGE_EVENTS, time);
        }
        // When
        List<String> taken = take(LaneTest::allRead, 3);
        // Then
        assertThat(taken).hasSize(3);
        assertThat(lane.size(Topics.USAGE_EVENTS)).isEqualTo(2);
    }

    @Test
    void keepsTheOrderOfATopicWhoseTimesAreNotInOrder() {
        // Given
        arrives(Topics.USAGE_EVENTS, 30);
        arrives(Topics.USAGE_EVENTS, 10);
        arrives(Topics.TIME_TICKS, 20);
        // When
        List<String> taken = take(LaneTest::allRead, 10);
        // Then
        assertThat(taken).containsExactly("time.ticks@20", "usage.events@30", "usage.events@10");
    }

    @Test
    void refusesARecordOfATopicThatItDoesNotHave() {
        assertThatThrownBy(() -> lane.add(consumed("other", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic: other (expected one of: ");
    }

    @Test
    void mergesABacklogTheSameWayHoweverItArrives() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        // Given
        List<ConsumerRecord<String, byte[]>> backlog = new ArrayList<>();
        for (int time = 0; time < 60; time++) {
            for (String topic : List.of(Topics.USAGE_EVENTS, Topics.ACCOUNTS, Topics.TIME_TICKS)) {
                if (random.nextInt(3) > 0) {
                    backlog.add(consumed(topic, time));
                }
            }
        }
        // When
        List<ConsumerRecord<String, byte[]>> taken = deliverInAnyInterleaving(backlog, random);
        // Then
        assertThat(taken).as("seed %d", seed).containsExactlyElementsOf(inOrder(backlog));
    }

    /** Each topic in its order, the topics against each other in any, with takes between. */
    private List<ConsumerRecord<String, byte[]>> deliverInAnyInterleaving(
            List<ConsumerRecord<String, byte[]>> backlog, Random random) {
        List<ConsumerRecord<String, byte[]>> toCome = new ArrayList<>(backlog);
        List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
        while (!toCome.isEmpty()) {
            List<String> topics = new ArrayList<>(
                    Set.copyOf(toCome.stream().map(ConsumerRecord::topic).toList()));
            Collections.sort(topics);
            String topic = topics.get(random.nextInt(topics.size()));
            Optional<ConsumerRecord<String, byte[]>> next = toCome.stream()
                    .filter(consumed -> consumed.topic().equals(topic))
                    .findFirst();
            toCome.remove(next.orElseThrow());
            lane.add(next.orElseThrow());
            lane.takeInOrder(
                    name -> toCome.stream()
                            .noneMatch(consumed -> consumed.topic().equals(name)),
                    1 + random.nextInt(5),
                    taken);
        }
        lane.takeInOrder(LaneTest::allRead, backlog.size(), taken);
        return taken;
    }

    private static List<ConsumerRecord<String, byte[]>> inOrder(List<ConsumerRecord<String, byte[]>> backlog) {
        List<String> ranks = List.of(Topics.TIME_TICKS, Topics.ACCOUNTS, Topics.USAGE_EVENTS);
        return backlog.stream()
                .sorted(Comparator.<ConsumerRecord<String, byte[]>>comparingLong(ConsumerRecord::timestamp)
                        .thenComparing(consumed -> ranks.indexOf(consumed.topic())))
                .toList();
    }

    private static boolean allRead(String topic) {
        return true;
    }

    private void arrives(String topic, long time) {
        lane.add(consumed(topic, time));
    }

    private List<String> take(Predicate<String> readToEnd, int most) {
        List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
        lane.takeInOrder(readToEnd, most, taken);
        return taken.stream()
                .map(consumed -> consumed.topic() + "@" + consumed.timestamp())
                .toList();
    }

    private ConsumerRecord<String, byte[]> consumed(String topic, long time) {
        long offset = offsets.merge(topic, 1L, Long::sum);
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                "acme",
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
