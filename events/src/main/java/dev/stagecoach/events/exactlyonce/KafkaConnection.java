package dev.stagecoach.events.exactlyonce;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where Kafka is and how it lets clients in: the settings that all clients of a service have in common, such as {@code security.protocol}.
 *
 * @param settings by Kafka's names; {@code bootstrap.servers} is among them
 */
public record KafkaConnection(Map<String, Object> settings) {
    public KafkaConnection {
        Map<String, Object> common = new HashMap<>(settings);
        // Quarkus makes up a group, and each client has its own or none.
        common.remove(CommonClientConfigs.GROUP_ID_CONFIG);
        settings = Map.copyOf(common);
        if (!settings.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException("kafka.bootstrap.servers: missing (expected: host:port of Kafka)");
        }
    }

    /** One that lets everybody in. */
    public static KafkaConnection to(String bootstrapServers) {
        return new KafkaConnection(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    public String bootstrapServers() {
        return String.valueOf(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** The settings of one client: these, and its own, which the promises of whoever made it rest on and which go before these. */
    public Map<String, Object> with(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        return all;
    }
}
