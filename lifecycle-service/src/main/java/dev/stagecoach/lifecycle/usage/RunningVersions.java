package dev.stagecoach.lifecycle.usage;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import dev.stagecoach.lifecycle.usage.UsageCounts.InstanceCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What the production instances run whose pings still decide: one that was switched off long ago is not behind, but gone. */
public final class RunningVersions {
    private RunningVersions() {}

    /** A version for each such instance that told one. */
    public static List<String> of(UsagePolicy policy, AccountFacts facts, UsageCounts counts, Instant now) {
        Instant recent = now.minus(Duration.ofDays(policy.pingsDecideForDays()));
        return MeasureUsage.productionInstances(facts, counts).values().stream()
                .filter(instance -> !instance.lastPingAt().isBefore(recent))
                .map(InstanceCounts::version)
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
