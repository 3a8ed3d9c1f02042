package dev.stagecoach.events;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The names of all topics. The key of every record is the account id, so that what happens to one account stays in order
 * and is handled by one consumer; {@code write-keys} has the id of the write key, {@code time.ticks} none and one record per partition.
 */
public final class Topics {
    public static final String USAGE_PINGS = "usage.pings";
    public static final String USAGE_EVENTS = "usage.events";
    public static final String USAGE_QUARANTINE = "usage.quarantine";
    public static final String USAGE_LINKS = "usage.links";
    public static final String ACCOUNTS = "accounts";
    public static final String CONTACTS = "contacts";
    public static final String WRITE_KEYS = "write-keys";
    public static final String TIME_TICKS = "time.ticks";
    public static final String LIFECYCLE_STAGES = "lifecycle.stages";
    public static final String LIFECYCLE_HEALTH = "lifecycle.health";
    public static final String LIFECYCLE_MILESTONES = "lifecycle.milestones";
    public static final String LIFECYCLE_USAGE = "lifecycle.usage";
    public static final String LIFECYCLE_RECAPS = "lifecycle.recaps";
    public static final String OUTREACH_MESSAGES = "outreach.messages";
    public static final String OUTREACH_RESPONSES = "outreach.responses";
    public static final String ALERTS_CUSTOMER_USAGE = "alerts.customer-usage";
    public static final String ALERTS_SCALED_SUCCESS = "alerts.scaled-success";
    public static final String ALERTS_GTM_OPERATIONS = "alerts.gtm-operations";

    /** What a service passed over. */
    public static final String LIFECYCLE_DEAD_LETTERS = "lifecycle-service.dead-letters";

    public static final String OUTREACH_DEAD_LETTERS = "outreach-service.dead-letters";
    public static final String ALERTS_DEAD_LETTERS = "alerts-service.dead-letters";

    /** All topics need the same number: a service reads the partitions of one number together. */
    public static final int DEFAULT_PARTITIONS = 12;

    private static final String FOR_EVER = "-1";

    private static final List<String> ALL = List.of(
            USAGE_PINGS,
            USAGE_EVENTS,
            USAGE_QUARANTINE,
            USAGE_LINKS,
            ACCOUNTS,
            CONTACTS,
            WRITE_KEYS,
            TIME_TICKS,
            LIFECYCLE_STAGES,
            LIFECYCLE_HEALTH,
            LIFECYCLE_MILESTONES,
            LIFECYCLE_USAGE,
            LIFECYCLE_RECAPS,
            OUTREACH_MESSAGES,
            OUTREACH_RESPONSES,
            ALERTS_CUSTOMER_USAGE,
            ALERTS_SCALED_SUCCESS,
            ALERTS_GTM_OPERATIONS,
            LIFECYCLE_DEAD_LETTERS,
            OUTREACH_DEAD_LETTERS,
            ALERTS_DEAD_LETTERS);

    private Topics() {}

    /** The names of all topics. */
    public static List<String> names() {
        return ALL;
    }

    /** The topic of the records that a consumer group passed over. */
    public static String deadLetters(String group) {
        return group + ".dead-letters";
    }

    /** All topics as {@code topics.yaml} has them, for three brokers or more. */
    public static List<NewTopic> all() {
        TopicsFile file = TopicsFile.read();
        return ALL.stream()
                .map(name -> new NewTopic(name, file.partitions(), file.replicas()).configs(file.configOf(name)))
                .toList();
    }

    /** The same with another number of partitions and of copies. A record counts as stored when all copies but one have it. */
    public static List<NewTopic> with(int partitions, short copies) {
        String inSync = String.valueOf(Math.max(1, copies - 1));
        return all().stream()
                .map(topic -> new NewTopic(topic.name(), partitions, copies)
                        .configs(with(topic, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, inSync)))
                .toList();
    }

    /**
     * The same for a stack in which time may be made up: Kafka's limits of time, for which it looks at its own clock, do not hold, and
     * records are kept for ever.
     */
    public static List<NewTopic> inMadeUpTime(int partitions, short copies) {
        return with(partitions, copies).stream().map(Topics::withoutTime).toList();
    }

    private static NewTopic withoutTime(NewTopic topic) {
        Map<String, String> config = with(topic, TopicConfig.RETENTION_MS_CONFIG, FOR_EVER);
        config.entrySet()
                .removeIf(setting ->
                        setting.getKey().endsWith(".ms") && !setting.getValue().equals(FOR_EVER));
        return new NewTopic(topic.name(), topic.numPartitions(), topic.replicationFactor()).configs(config);
    }

    private static Map<String, String> with(NewTopic topic, String setting, String value) {
        Map<String, String> config = new TreeMap<>(topic.configs());
        config.put(setting, value);
        return config;
    }
}
