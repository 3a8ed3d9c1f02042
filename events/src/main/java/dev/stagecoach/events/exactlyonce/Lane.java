package dev.stagecoach.events.exactlyonce;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.stagecoach.events.Topics;

/**
 * The partitions of one number of all topics, merged by time. What happened to an account is spread over several topics that
 * Kafka does not order among each other; a backlog would otherwise decide differently from the live run: all the ticks of a
 * night first, say, and then the usage that they should have seen.
 */
final class Lane {
    private final Map<String, Deque<ConsumerRecord<String, byte[]>>> waiting = new HashMap<>();

    void add(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        waiting.computeIfAbsent(partition.topic(), topic -> new ArrayDeque<>()).addAll(records);
    }

    void drop(String topic) {
        waiting.remove(topic);
    }

    int size(String topic) {
        Deque<ConsumerRecord<String, byte[]>> records = waiting.get(topic);
        return records == null ? 0 : records.size();
    }

    /**
     * Takes the records whose turn has come.
     *
     * @param assigned the topics of this lane that the member owns
     * @param readToEnd whether nothing more of a topic is known to wait in Kafka; a topic with more to come may hold an
     *     earlier record, so nothing can be taken before that one is here
     */
    void takeInOrder(
            List<String> assigned, Predicate<String> readToEnd, int most, List<ConsumerRecord<String, byte[]>> into) {
        for (int taken = 0; taken < most; taken++) {
            Deque<ConsumerRecord<String, byte[]>> earliest = null;
            for (String topic : assigned) {
                Deque<ConsumerRecord<String, byte[]>> records = waiting.get(topic);
                ConsumerRecord<String, byte[]> head = records == null ? null : records.peekFirst();
                if (head == null) {
                    if (!readToEnd.test(topic)) {
                        return;
                    }
                } else if (earliest == null || isBefore(head, earliest.peekFirst())) {
                    earliest = records;
                }
            }
            if (earliest == null) {
                return;
            }
            into.add(earliest.removeFirst());
        }
    }

    /** Ticks first at equal times: what is stamped with a tick's time was received after it. Then facts, then the rest by name. */
    private static boolean isBefore(
            ConsumerRecord<String, byte[]> one, @Nullable ConsumerRecord<String, byte[]> other) {
        if (other == null || one.timestamp() != other.timestamp()) {
            return other == null || one.timestamp() < other.timestamp();
        }
        int byRank = Integer.compare(rank(one.topic()), rank(other.topic()));
        return byRank != 0 ? byRank < 0 : one.topic().compareTo(other.topic()) < 0;
    }

    private static int rank(String topic) {
        return switch (topic) {
            case Topics.TIME_TICKS -> 0;
            case Topics.ACCOUNTS -> 1;
            case Topics.CONTACTS -> 2;
            default -> 3;
        };
    }
}
