package dev.stagecoach.alerts.journey;

import org.jspecify.annotations.Nullable;

/**
 * One thing that the next stage takes.
 *
 * @param value as it is
 * @param target as it would have to be
 * @param met null when nobody knows
 * @param missing what is missing, in people or days; null when it is met
 */
public record Clause(
        String name,
        String value,
        String target,
        @Nullable Boolean met,
        @Nullable String missing) {}
