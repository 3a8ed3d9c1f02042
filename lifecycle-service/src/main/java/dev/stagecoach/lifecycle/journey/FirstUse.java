package dev.stagecoach.lifecycle.journey;

import dev.stagecoach.lifecycle.usage.Source;
import java.time.Instant;

/**
 * A feature was used that nobody at the account had used before.
 *
 * @param causedBy the ping or event that showed it
 */
public record FirstUse(String feature, Source source, Instant usedAt, Cause causedBy) {}
