package dev.stagecoach.alerts.policy;

/**
 * Where alerts go: a chat channel and the topic that carries the same.
 *
 * @param key its name in the policy and in settings
 * @param name the channel as people know it, {@code #alerts-customer-usage}
 */
public record Channel(String key, String name, String topic) {}
