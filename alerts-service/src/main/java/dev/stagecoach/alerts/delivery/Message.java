package dev.stagecoach.alerts.delivery;

import dev.stagecoach.events.AlertRaised;

/**
 * An alert on its way to a chat channel.
 *
 * @param channel the channel's key
 * @param topic the topic that carries the same alert
 * @param attempts how often it was tried before
 */
public record Message(String id, String channel, String topic, AlertRaised alert, int attempts) {}
