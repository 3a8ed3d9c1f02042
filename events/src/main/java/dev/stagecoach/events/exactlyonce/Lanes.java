package dev.stagecoach.events.exactlyonce;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The lanes that a member has, and where each stands. */
final class Lanes {
    private static final Duration NOT_TO_WAIT = Duration.ofMillis(1);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);

    private final List<String> topics;
    private final int mostBuffered;
    private final Map<Integer, Lane> lanes = new TreeMap<>();
    /** What the database holds, as far as this member knows. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    /** Where each partition ended when its lane was placed: a backlog is merged up to there whatever Kafka delivers first. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /** Up to where partitions are read again that are. */
    private final Map<TopicPartition, Long> replays = new HashMap<>();

    private long nextMeasure = System.nanoTime();

    /**
     * @param mostBuffered of one partition: when that many records wait, no more are fetched
     */
    Lanes(List<String> topics, int mostBuffered) {
        this.topics = topics;
        this.mostBuffered = mostBuffered;
    }

    Set<Integer> numbers() {
        return lanes.keySet();
    }

    /** All partitions of the lanes of these numbers. */
    List<TopicPartition> partitions(Collection<Integer> numbers) {
        return numbers.stream()
                .flatMap(number -> topics.stream().map(topic -> new TopicPartition(topic, number)))
                .toList();
    }

    /** Where all partitions of these lanes stand. */
    Map<TopicPartition, Long> positions(Collection<Integer> numbers) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        for (TopicPartition partition : partitions(numbers)) {
            Long position = positions.get(partition);
            if (position != null) {
                wanted.put(partition, position);
            }
        }
        return wanted;
    }

    /** Starts these lanes anew, with nothing buffered. */
    void place(
            Collection<Integer> numbers,
            Map<TopicPartition, Long> stored,
            Map<TopicPartition, Long> endOffsets,
            Map<TopicPartition, Long> replayedUntil) {
        numbers.forEach(number -> lanes.put(number, new Lane(topics)));
        replays.keySet().removeIf(partition -> numbers.contains(partition.partition()));
        replays.putAll(replayedUntil);
        positions.putAll(stored);
        ends.putAll(endOffsets);
    }

    /** After the move has been committed. */
    void moved(Map<TopicPartition, Long> next) {
        positions.putAll(next);
        next.forEach((partition, offset) -> replays.remove(partition, offset));
    }

    /** Whether anything is still read again. */
    boolean isReplaying() {
        return !replays.isEmpty();
    }

    /** Whether a record was applied before, when it was read first. */
    boolean isReplayed(ConsumerRecord<String, byte[]> one) {
        return one.offset() < replays.getOrDefault(new TopicPartition(one.topic(), one.partition()), 0L);
    }

    void clear() {
        lanes.clear();
        positions.clear();
        replays.clear();
        ends.clear();
    }

    void add(ConsumerRecord<String, byte[]> consumed) {
        Lane lane = lanes.get(consumed.partition());
        if (lane != null) {
            lane.add(consumed);
        }
    }

    void takeInOrder(Consumer<String, byte[]> kafka, int number, int most, List<ConsumerRecord<String, byte[]>> into) {
        Lane lane = lanes.get(number);
        if (lane == null) {
            return;
        }
        Map<String, Boolean> asked = new HashMap<>();
        lane.takeInOrder(
                topic -> asked.computeIfAbsent(topic, name -> isReadToEnd(kafka, new TopicPartition(name, number))),
                most,
                into);
    }

    private boolean isReadToEnd(Consumer<String, byte[]> kafka, TopicPartition partition) {
        try {
            if (kafka.position(partition, NOT_TO_WAIT) < ends.getOrDefault(partition, 0L)) {
                return false;
            }
        } catch (TimeoutException e) {
            return false;
        }
        OptionalLong lag = kafka.currentLag(partition);
        return lag.isEmpty() || lag.getAsLong() == 0;
    }

    /** Notes how far behind each partition is, now and then; one of which Kafka has not told its end yet is left out. */
    void measure(Consumer<String, byte[]> kafka, Figures figures) {
        long now = System.nanoTime();
        if (now - nextMeasure < 0) {
            return;
        }
        nextMeasure = now + MEASURE_EVERY.toNanos();
        Map<TopicPartition, Long> lags = new HashMap<>();
        positions.forEach((partition, stored) ->
                end(kafka, partition).ifPresent(end -> lags.put(partition, Math.max(0, end - stored))));
        figures.lags(lags);
    }

    private static OptionalLong end(Consumer<String, byte[]> kafka, TopicPartition partition) {
        if (!kafka.assignment().contains(partition)) {
            return OptionalLong.empty();
        }
        try {
            OptionalLong ahead = kafka.currentLag(partition);
            return ahead.isEmpty()
                    ? ahead
                    : OptionalLong.of(kafka.position(partition, NOT_TO_WAIT) + ahead.getAsLong());
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        }
    }

    /** Keeps memory bounded while a lane waits for one of its topics, or for its trouble to pass. */
    void holdBack(Consumer<String, byte[]> kafka) {
        Set<TopicPartition> paused = kafka.paused();
        for (TopicPartition partition : kafka.assignment()) {
            Lane lane = lanes.get(partition.partition());
            boolean full = lane != null && lane.size(partition.topic()) >= mostBuffered;
            if (full && !paused.contains(partition)) {
                kafka.pause(List.of(partition));
            } else if (!full && paused.contains(partition)) {
                kafka.resume(List.of(partition));
            }
        }
    }
}
