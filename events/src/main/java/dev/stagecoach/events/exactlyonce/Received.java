package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.Event;

/** An event and the place in Kafka that it was read from. */
public record Received(Event<?> event, String topic, int partition, long offset) {}
