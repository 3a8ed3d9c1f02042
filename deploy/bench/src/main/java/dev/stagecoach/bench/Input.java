package dev.stagecoach.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.stagecoach.bench.usage.UsageShape;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The log that all contenders read.
 *
 * @param ends where its topics end
 * @param eventBytes the mean size of a usage event's JSON, in bytes
 * @param secondsToWrite how long it took to write
 */
record Input(UsageShape shape, @JsonIgnore Map<TopicPartition, Long> ends, double eventBytes, double secondsToWrite) {

    Input {
        ends = Map.copyOf(ends);
    }
}
