package dev.stagecoach.local.erasure;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record in which the address was found.
 *
 * @param at its time stamp
 */
public record Finding(TopicPartition partition, long offset, Instant at) {

    static Finding of(ConsumerRecord<?, ?> told) {
        return new Finding(
                new TopicPartition(told.topic(), told.partition()),
                told.offset(),
                Instant.ofEpochMilli(told.timestamp()));
    }

    public String topic() {
        return partition.topic();
    }
}
