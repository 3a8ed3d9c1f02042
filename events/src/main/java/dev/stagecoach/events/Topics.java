package dev.stagecoach.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

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

    private static final List<String> COMPACTED = List.of(ACCOUNTS, CONTACTS, WRITE_KEYS, LIFECYCLE_USAGE);

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

    /** All topics, ready to create. */
    public static List<NewTopic> all(int partitions, short replicationFactor) {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : ALL) {
            String cleanup = COMPACTED.contains(name) ? "compact" : "delete";
            topics.add(new NewTopic(name, partitions, replicationFactor)
                    .configs(Map.of("cleanup.policy", cleanup, "retention.ms", "-1")));
        }
        return topics;
    }
}
