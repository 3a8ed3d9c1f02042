package dev.stagecoach.events;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * {@code topics.yaml}.
 *
 * @param partitions of every topic
 * @param replicas of every partition
 * @param config settings of every topic that does not say otherwise
 * @param topics the settings of its own of each topic
 */
record TopicsFile(int partitions, short replicas, Map<String, String> config, Map<String, Map<String, String>> topics) {
    private static final String NAME = "/topics.yaml";

    static TopicsFile read() {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        try (InputStream in = TopicsFile.class.getResourceAsStream(NAME)) {
            return yaml.readValue(Objects.requireNonNull(in, NAME), TopicsFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(NAME + " cannot be read", e);
        }
    }

    /** All settings of a topic. */
    Map<String, String> configOf(String topic) {
        Map<String, String> all = new TreeMap<>(config);
        all.putAll(topics.getOrDefault(topic, Map.of()));
        return all;
    }
}
