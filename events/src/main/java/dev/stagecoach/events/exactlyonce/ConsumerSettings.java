package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.Topics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read, and as whom.
 *
 * @param group the consumer group; its members share the partitions
 * @param topics all with the same number of partitions, so that one member owns an account's partition in each of them
 * @param maxBatch the most records that a poll returns
 * @param deadLetters the topic that tells of records that were passed over
 * @param holdsPeople whether this service may hold names and addresses of contacts, and so what was passed over of the topic {@code contacts}
 * @param replica a name that this process keeps over restarts and shares with no other, so that it takes its partitions up again
 *     at once after a crash; without one the group first waits for the lost member's session to end
 */
public record ConsumerSettings(
        KafkaConnection kafka,
        String group,
        List<String> topics,
        int maxBatch,
        String deadLetters,
        boolean holdsPeople,
        @Nullable String replica) {
    public ConsumerSettings {
        topics = List.copyOf(topics);
    }

    /** Of a group whose dead letters have a topic of their own, in a service that must not hold names and addresses of contacts. */
    public ConsumerSettings(KafkaConnection kafka, String group, List<String> topics, int maxBatch) {
        this(kafka, group, topics, maxBatch, Topics.deadLetters(group), false, null);
    }

    public ConsumerSettings(String bootstrapServers, String group, List<String> topics, int maxBatch) {
        this(KafkaConnection.to(bootstrapServers), group, topics, maxBatch);
    }

    /** The same for a process with a name. */
    public ConsumerSettings ofReplica(String name) {
        return new ConsumerSettings(kafka, group, topics, maxBatch, deadLetters, holdsPeople, name);
    }

    /** The same for a group whose dead letters are told among those of another. */
    public ConsumerSettings withDeadLettersIn(String topic) {
        return new ConsumerSettings(kafka, group, topics, maxBatch, topic, holdsPeople, replica);
    }

    /** The same in the service that may hold names and addresses of contacts. */
    public ConsumerSettings holdingPeople() {
        return new ConsumerSettings(kafka, group, topics, maxBatch, deadLetters, true, replica);
    }
}
