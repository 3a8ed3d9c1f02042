package dev.stagecoach.lifecycle.stage;

import org.jspecify.annotations.Nullable;

/**
 * A clause that was looked at.
 *
 * @param needs what would make it hold, in words; null when it holds
 */
public record TriedClause(
        Clause clause, boolean holds, @Nullable String needs) {}
