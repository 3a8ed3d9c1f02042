package dev.stagecoach.alerts.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a consumer group is behind in a topic.
 *
 * @param unread records that Kafka has and the group has not applied
 * @param standingFor how long one of its partitions with unread records has not moved, as far as it was seen; null when all is read
 */
public record Lag(
        String group, String topic, long unread, @Nullable Duration standingFor) {}
