package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept about one account for deciding.
 *
 * @param summary the usage that was last told; null when none was
 */
public record AccountBook(
        AccountFacts facts,
        Journey journey,
        UsageCounts counts,
        @Nullable UsageSummary summary) {}
