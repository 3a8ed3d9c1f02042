package dev.stagecoach.events.exactlyonce;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Another member has moved an offset that this one believed to own: what this one was about to write must not be written. */
final class StaleOwnerException extends Exception {
    private static final long serialVersionUID = 1L;

    StaleOwnerException(Map<TopicPartition, Long> expected, Map<TopicPartition, Long> stored) {
        super("another member of the group has moved offsets to " + stored + " (expected: " + expected + ")");
    }
}
