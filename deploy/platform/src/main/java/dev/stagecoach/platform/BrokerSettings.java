package dev.stagecoach.platform;

import java.util.Map;
import java.util.TreeMap;

/** Settings of the broker that hold wherever it runs. */
final class BrokerSettings {

    private static final String FOREVER = Long.toString(Long.MAX_VALUE);
    private static final int MOST_COPIES = 3;

    private BrokerSettings() {}

    /** @param brokers how many nodes there are */
    static Map<String, String> common(int brokers) {
        var settings = new TreeMap<String, String>();
        settings.put("auto.create.topics.enable", "false");
        copies(settings, Math.min(brokers, MOST_COPIES));
        simulatedTime(settings);
        smallAndQuick(settings);
        return settings;
    }

    /** What is acknowledged is in all copies but one, which may be lost. */
    private static void copies(Map<String, String> settings, int copies) {
        var all = Integer.toString(copies);
        var acknowledging = Integer.toString(Math.max(1, copies - 1));
        settings.put("min.insync.replicas", acknowledging);
        settings.put("offsets.topic.replication.factor", all);
        settings.put("transaction.state.log.replication.factor", all);
        settings.put("transaction.state.log.min.isr", acknowledging);
        settings.put("share.coordinator.state.topic.replication.factor", all);
        settings.put("share.coordinator.state.topic.min.isr", acknowledging);
    }

    /** Records carry simulated time: years ago, or ahead of the wall clock, and a year may pass in a minute. */
    private static void simulatedTime(Map<String, String> settings) {
        settings.put("log.retention.ms", "-1");
        settings.put("log.message.timestamp.before.max.ms", FOREVER);
        settings.put("log.message.timestamp.after.max.ms", FOREVER);
        // Else each simulated week is a segment of its own, in each partition.
        settings.put("log.roll.ms", FOREVER);
    }

    private static void smallAndQuick(Map<String, String> settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A broker that starts again is refused for as long as its predecessor may still be alive: 9 s by default.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("offsets.topic.num.partitions", "3");
        settings.put("transaction.state.log.num.partitions", "3");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        // The default of 128 MB is a quarter of the heap.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
        settings.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
    }
}
