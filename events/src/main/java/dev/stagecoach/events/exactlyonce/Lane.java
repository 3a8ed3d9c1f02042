package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.Topics;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one number of all topics, merged by time. What happened to an account is spread over several topics that
 * Kafka does not order among each other; a backlog would otherwise decide differently from the live run: all the ticks of a
 * night first, say, and then the usage that they should have seen.
 */
final class Lane {
    private final Map<String, Deque<ConsumerRecord<String, byte[]>>> waiting = new HashMap<>();

    /** A lane of the given topics. */
    Lane(Collection<String> topics) {
        topics.forEach(topic -> waiting.put(topic, new ArrayDeque<>()));
    }

    void add(ConsumerRecord<String, byte[]> consumed) {
        records(consumed.topic()).add(consumed);
    }

    int size(String topic) {
        return records(topic).size();
    }

    /**
     * Takes the records whose turn has come.
     *
     * @param readToEnd whether nothing more of a topic is known to wait in Kafka; a topic with more to come may hold an
     *     earlier record, so nothing can be taken before that one is here
     */
    void takeInOrder(Predicate<String> readToEnd, int most, List<ConsumerRecord<String, byte[]>> into) {
        // To ask how far an idle topic is read may cost a request.
        for (int taken = 0; taken < most && !isEmpty(); taken++) {
            Deque<ConsumerRecord<String, byte[]>> earliest = earliest(readToEnd);
            if (earliest == null) {
                return;
            }
            into.add(earliest.removeFirst());
        }
    }

    private boolean isEmpty() {
        for (Deque<ConsumerRecord<String, byte[]>> records : waiting.values()) {
            if (!records.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Deque<ConsumerRecord<String, byte[]>> earliest(Predicate<String> readToEnd) {
        Deque<ConsumerRecord<String, byte[]>> earliest = null;
        for (Map.Entry<String, Deque<ConsumerRecord<String, byte[]>>> topic : waiting.entrySet()) {
            Deque<ConsumerRecord<String, byte[]>> records = topic.getValue();
            if (records.isEmpty()) {
                if (!readToEnd.test(topic.getKey())) {
                    return null;
                }
            } else if (earliest == null || isBefore(records.getFirst(), earliest.getFirst())) {
                earliest = records;
            }
        }
        return earliest;
    }

    private Deque<ConsumerRecord<String, byte[]>> records(String topic) {
        Deque<ConsumerRecord<String, byte[]>> records = waiting.get(topic);
        if (records == null) {
            throw new IllegalArgumentException("topic: " + topic + " (expected one of: " + waiting.keySet() + ")");
        }
        return records;
    }

    /** Ticks first at equal times: what is stamped with a tick's time was received after it. Then facts, then the rest by name. */
    private static boolean isBefore(ConsumerRecord<String, byte[]> one, ConsumerRecord<String, byte[]> other) {
        if (one.timestamp() != other.timestamp()) {
            return one.timestamp() < other.timestamp();
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
