package dev.stagecoach.events.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * What sets the topics of a Kafka apart from those that there should be. Topics and settings that nobody asks for are left as they are.
 *
 * @param missing topics to create
 * @param settings settings to change, with their new values, by topic
 * @param words the same for people, a line each
 * @param beyond what differs and cannot be changed from here, a line each
 */
record TopicPlan(
        List<NewTopic> missing, Map<String, Map<String, String>> settings, List<String> words, List<String> beyond) {

    static TopicPlan of(
            List<NewTopic> wanted, Map<String, TopicDescription> existing, Map<String, Config> configurations) {
        TopicPlan plan = new TopicPlan(new ArrayList<>(), new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        for (NewTopic topic : wanted) {
            TopicDescription found = existing.get(topic.name());
            if (found == null) {
                plan.create(topic);
            } else {
                plan.compareShape(topic, found);
                plan.compareSettings(topic, configurations.getOrDefault(topic.name(), new Config(List.of())));
            }
        }
        return plan;
    }

    boolean isEmpty() {
        return words.isEmpty() && beyond.isEmpty();
    }

    private void create(NewTopic topic) {
        missing.add(topic);
        words.add("%s: is missing (expected: partitions %d, copies %d, %s)"
                .formatted(
                        topic.name(),
                        topic.numPartitions(),
                        topic.replicationFactor(),
                        new TreeMap<>(topic.configs())));
    }

    private void compareShape(NewTopic topic, TopicDescription found) {
        int partitions = found.partitions().size();
        if (partitions != topic.numPartitions()) {
            beyond.add(
                    "%s: partitions %d (expected: %d). What an account did would be in another partition than what it does"
                                    .formatted(topic.name(), partitions, topic.numPartitions())
                            + ": make all topics anew, or expect as many as there are.");
        }
        int copies = found.partitions().get(0).replicas().size();
        if (copies != topic.replicationFactor()) {
            beyond.add("%s: copies %d (expected: %d). kafka-reassign-partitions.sh changes that."
                    .formatted(topic.name(), copies, topic.replicationFactor()));
        }
    }

    private void compareSettings(NewTopic topic, Config found) {
        new TreeMap<>(topic.configs()).forEach((name, value) -> {
            ConfigEntry is = found.get(name);
            if (is == null || !value.equals(is.value())) {
                settings.computeIfAbsent(topic.name(), any -> new TreeMap<>()).put(name, value);
                words.add("%s: %s is %s (expected: %s)"
                        .formatted(topic.name(), name, is == null ? "unknown" : is.value(), value));
            }
        });
    }
}
