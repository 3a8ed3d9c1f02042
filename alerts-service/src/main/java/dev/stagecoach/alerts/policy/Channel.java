package dev.stagecoach.alerts.policy;

import java.util.Set;

/**
 * Where alerts go: a chat channel and the topic that carries the same.
 *
 * @param key its name in the policy and in settings
 * @param name the channel as people know it, {@code #alerts-customer-usage}
 * @param broadcast the kinds that the whole channel sees although they answer in the thread of their account
 */
public record Channel(String key, String name, String topic, Set<AlertKind> broadcast) {
    public Channel {
        broadcast = Set.copyOf(broadcast);
    }

    public Channel(String key, String name, String topic) {
        this(key, name, topic, Set.of());
    }
}
