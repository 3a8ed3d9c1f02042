package dev.stagecoach.testing.sample.good.feature;

import dev.stagecoach.events.Topics;
import dev.stagecoach.testing.sample.good.other.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A feature as it should be: it knows Java, the contract and another feature. */
@SuppressWarnings("ArrayRecordComponent")
public record Decision(Instant at, String[] inputs) {

    public Decision {
        inputs = inputs.clone();
    }

    @Nullable Ratio ratio(int[] counts) {
        return counts.length == 0 ? null : new Ratio(counts[0]);
    }

    List<String> topics() {
        return Topics.names();
    }

    Instant later() {
        return at.plus(Duration.ofDays(1));
    }
}
