package dev.stagecoach.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is on how many machines. */
class DurabilityTest {
    private static final List<String> DATABASES = List.of("lifecycle-db", "outreach-db", "alerts-db");

    @Test
    void whatIsCommittedInProductionIsOnTwoMachines() {
        assertThat(of("overlays/production", "Cluster")).hasSize(3).allSatisfy(cluster -> {
            assertThat(cluster.spec().path("instances").asInt()).isEqualTo(3);
            assertThat(cluster.spec().at("/postgresql/synchronous/number").asInt())
                    .isOne();
            assertThat(cluster.spec()
                            .at("/postgresql/synchronous/dataDurability")
                            .asText())
                    .isEqualTo("required");
            assertThat(cluster.spec().at("/affinity/podAntiAffinityType").asText())
                    .isEqualTo("required");
        });
    }

    @Test
    void everyDatabaseInProductionIsBackedUp() {
        assertThat(of("overlays/production", "Cluster")).allSatisfy(cluster -> {
            JsonNode plugin = cluster.spec().at("/plugins/0");
            assertThat(plugin.path("isWALArchiver").asBoolean()).isTrue();
            assertThat(of("overlays/production", "ObjectStore"))
                    .extracting(Manifest::name)
                    .containsExactly(plugin.at("/parameters/barmanObjectName").asText());
        });
        assertThat(of("overlays/production", "ScheduledBackup"))
                .extracting(backup -> backup.spec().at("/cluster/name").asText())
                .containsExactlyInAnyOrderElementsOf(DATABASES);
    }

    @Test
    void aDatabaseOnOneMachineWaitsForNoOther() {
        assertThat(of("overlays/small", "Cluster")).hasSize(3).allSatisfy(cluster -> {
            assertThat(cluster.spec().path("instances").asInt()).isOne();
            assertThat(cluster.spec().at("/postgresql/synchronous").isMissingNode())
                    .isTrue();
        });
    }

    @Test
    void kafkaHasAsManyBrokersAsCopiesAndOneMayBeAway() {
        kafka("overlays/production", 3, 2);
        kafka("overlays/small", 1, 1);
    }

    private static void kafka(String directory, int copies, int inSync) {
        assertThat(of(directory, "KafkaNodePool"))
                .singleElement()
                .satisfies(
                        pool -> assertThat(pool.spec().path("replicas").asInt()).isEqualTo(copies));
        assertThat(of(directory, "Kafka")).singleElement().satisfies(kafka -> {
            JsonNode config = kafka.spec().at("/kafka/config");
            for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
                assertThat(config.path(topic + ".replication.factor").asInt())
                        .as(topic)
                        .isEqualTo(copies);
            }
            assertThat(config.path("default.replication.factor").asInt()).isEqualTo(copies);
            assertThat(config.path("min.insync.replicas").asInt()).isEqualTo(inSync);
            assertThat(config.path("transaction.state.log.min.isr").asInt()).isEqualTo(inSync);
            assertThat(config.path("share.coordinator.state.topic.min.isr").asInt())
                    .isEqualTo(inSync);
        });
    }

    /** Strimzi requires the label of the nodes, and brokers would wait for ever for one that has it. */
    @Test
    void theReadmeSaysWhichLabelTheNodesNeed() {
        String readme = Manifests.text(Manifests.HOME.resolve("README.md"));
        String before = readme.substring(readme.indexOf("## Before the first time"), readme.indexOf("## Secrets"));
        assertThat(of("overlays/production", "Kafka")).singleElement().satisfies(kafka -> {
            String label = kafka.spec().at("/kafka/rack/topologyKey").asText();
            assertThat(label).isNotEmpty();
            assertThat(before).contains("every node needs the label `" + label + "`");
        });
        assertThat(of("overlays/small", "Kafka"))
                .allSatisfy(kafka ->
                        assertThat(kafka.spec().path("kafka").has("rack")).isFalse());
    }

    private static List<Manifest> of(String directory, String kind) {
        return Manifests.rendered(directory).stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
    }
}
