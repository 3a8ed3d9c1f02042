package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept about one account for deciding.
 *
 * @param firstUses features that were seen for the first time and not decided on yet, the earliest first
 * @param summary the usage that was last told; null when none was
 */
public record AccountBook(
        AccountFacts facts,
        Journey journey,
        UsageCounts counts,
        List<FirstUse> firstUses,
        @Nullable UsageSummary summary) {}
