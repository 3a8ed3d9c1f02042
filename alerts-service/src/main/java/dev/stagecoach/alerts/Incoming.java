package dev.stagecoach.alerts;

import dev.stagecoach.events.Event;

/**
 * An event as it comes in.
 *
 * @param partition the number of the partition, by which accounts belong together
 */
public record Incoming(Event<?> event, int partition) {}
