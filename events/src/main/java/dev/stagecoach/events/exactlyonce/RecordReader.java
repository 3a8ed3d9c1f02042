package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.UnreadableEventException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns a record into what a handler works on: a whole event, or no more of it than is needed where there are many.
 *
 * @param <R> what is read
 */
@FunctionalInterface
public interface RecordReader<R> {
    /**
     * What the record says.
     *
     * @return empty for a type that this version does not know, or does not need
     * @throws UnreadableEventException when the record is no event of the contract: it is set aside, and the others go on
     */
    Optional<R> read(ConsumerRecord<String, byte[]> consumed) throws UnreadableEventException;
}
