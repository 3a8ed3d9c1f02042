package dev.stagecoach.lifecycle.journey;

/**
 * The record that led to a decision.
 *
 * @param id the id of its event
 */
public record Cause(String id, String topic, int partition, long offset) {}
