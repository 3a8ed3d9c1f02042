package dev.stagecoach.alerts.history;

import dev.stagecoach.events.Event;

/**
 * An event and where it was read.
 *
 * @param record topic, partition and offset, {@code lifecycle.stages-3@17} for instance
 */
public record Heard(Event<?> event, String record) {}
