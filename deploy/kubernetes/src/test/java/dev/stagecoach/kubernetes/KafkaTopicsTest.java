package dev.stagecoach.kubernetes;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {
    private static final String HEAD =
            "# Made from events/src/main/resources/topics.yaml: change that, and the test of this module writes this file anew into its target directory.\n";

    private record Topic(int partitions, int replicas, Map<String, String> config) {}

    @Test
    void areThoseOfTheFile() throws IOException {
        String wanted = Topics.all().stream().map(KafkaTopicsTest::yaml).collect(joining("---\n", HEAD, ""));
        Path copy = Manifests.HOME.resolve("target/kafka-topics.yaml");
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, wanted);
        assertThat(Manifests.HOME.resolve("base/kafka-topics.yaml"))
                .as("topics.yaml was changed? Then: cp %s base/", copy)
                .hasContent(wanted);
    }

    private static String yaml(NewTopic topic) {
        String config = new TreeMap<>(topic.configs())
                .entrySet().stream()
                        .map(setting -> "    " + setting.getKey() + ": " + setting.getValue() + "\n")
                        .collect(joining());
        return """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: stagecoach
                spec:
                  partitions: %d
                  replicas: %d
                  config:
                """.formatted(topic.name(), topic.numPartitions(), topic.replicationFactor()) + config;
    }

    @Test
    void haveThreeCopiesInProduction() {
        assertThat(topics("overlays/production")).isEqualTo(wanted(Topics.all()));
    }

    @Test
    void haveOneCopyWhereThereIsOneBroker() {
        short one = 1;
        assertThat(topics("overlays/small")).isEqualTo(wanted(Topics.with(Topics.DEFAULT_PARTITIONS, one)));
    }

    private static Map<String, Topic> topics(String directory) {
        return Manifests.rendered(directory).stream()
                .filter(manifest -> manifest.kind().equals("KafkaTopic"))
                .collect(toMap(
                        Manifest::name,
                        manifest -> new Topic(
                                manifest.spec().path("partitions").asInt(),
                                manifest.spec().path("replicas").asInt(),
                                Manifest.texts(manifest.spec().path("config")))));
    }

    private static Map<String, Topic> wanted(List<NewTopic> topics) {
        return topics.stream()
                .collect(toMap(
                        NewTopic::name,
                        topic -> new Topic(
                                topic.numPartitions(), topic.replicationFactor(), new TreeMap<>(topic.configs()))));
    }
}
