package dev.stagecoach.events.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Topics;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.SharedPlatform;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a broker of one node: one copy. */
class TopicsCommandTest {
    private static final String KAFKA =
            SharedPlatform.with(Set.of(Part.KAFKA, Part.POSTGRES)).bootstrapServers();

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void withoutTopics() throws Exception {
        try (Admin admin = admin()) {
            Set<String> there = admin.listTopics().names().get();
            admin.deleteTopics(Topics.names().stream().filter(there::contains).toList())
                    .all()
                    .get();
            await().until(() -> admin.listTopics().names().get().stream().noneMatch(Topics.names()::contains));
        }
    }

    @Test
    void createsAllTopicsAsTheFileHasThem() throws Exception {
        // When
        int exit = command("1", "apply");
        // Then
        assertThat(exit).isZero();
        assertThat(said()).contains("21 created, 0 changed.").contains("All 21 topics are as they should be.");
        assertThat(setting(Topics.USAGE_LINKS, "retention.ms")).isEqualTo("8640000000");
        assertThat(setting(Topics.ACCOUNTS, "cleanup.policy")).isEqualTo("compact");
        assertThat(setting(Topics.ACCOUNTS, "min.insync.replicas")).isEqualTo("1");
    }

    @Test
    void changesNothingThatIsAsItShouldBe() {
        // Given
        command("1", "apply");
        // When
        int exit = command("1", "apply");
        // Then
        assertThat(exit).isZero();
        assertThat(said()).contains("0 created, 0 changed.");
    }

    @Test
    void changesSettingsThatDiffer() throws Exception {
        // Given
        command("1", "apply");
        set(Topics.CONTACTS, "cleanup.policy", "delete");
        // When
        int exit = command("1", "apply");
        // Then
        assertThat(exit).isZero();
        assertThat(said())
                .contains("contacts: cleanup.policy is delete (expected: compact)")
                .contains("0 created, 1 changed.");
        assertThat(setting(Topics.CONTACTS, "cleanup.policy")).isEqualTo("compact");
    }

    @Test
    void changesNothingWhenItIsToLookOnly() throws Exception {
        // Given
        command("1", "apply");
        set(Topics.CONTACTS, "cleanup.policy", "delete");
        // When
        int exit = command("1", "check");
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(said()).contains("contacts: cleanup.policy is delete (expected: compact)");
        assertThat(setting(Topics.CONTACTS, "cleanup.policy")).isEqualTo("delete");
    }

    @Test
    void leavesAnotherNumberOfPartitionsToPeople() throws Exception {
        // Given
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(Topics.USAGE_PINGS, 2, (short) 1)))
                    .all()
                    .get();
            await().until(() -> admin.listTopics().names().get().contains(Topics.USAGE_PINGS));
        }
        // When
        int exit = command("1", "apply");
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(said()).contains("usage.pings: partitions 2 (expected: 1).").contains("20 created");
    }

    @Test
    void saysThatThereAreTooFewBrokers() {
        // When
        int exit = command("3", "apply");
        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(said()).contains("could not be compared or changed").contains("replication factor");
    }

    @Test
    void wantsToKnowWhatToDoAndWhere() {
        // When
        int unsaid = command("1", "nothing");
        int nowhere = new TopicsCommand(Map.of(), out()).run(List.of("check"));
        // Then
        assertThat(List.of(unsaid, nowhere)).containsOnly(2);
        assertThat(said()).contains("check (changes nothing) or apply").contains("KAFKA_BOOTSTRAP_SERVERS is not set");
    }

    @Test
    void takesSettingsOfKafkaFromTheEnvironmentAndLeavesOthers() {
        // Given
        Map<String, String> environment = new HashMap<>(environment("1"));
        environment.put("KAFKA_SECURITY_PROTOCOL", "NONSENSE");
        environment.put("KAFKA_PORT", "tcp://10.0.0.1:9092");
        // When
        int exit = new TopicsCommand(environment, out()).run(List.of("check"));
        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(said()).contains("NONSENSE");
    }

    private int command(String replicas, String argument) {
        said.reset();
        return new TopicsCommand(environment(replicas), out()).run(List.of(argument));
    }

    private static Map<String, String> environment(String replicas) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                KAFKA,
                "STAGECOACH_TOPICS_REPLICAS",
                replicas,
                "STAGECOACH_TOPICS_PARTITIONS",
                "1");
    }

    private PrintStream out() {
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(name)
                    .value();
        }
    }

    private static void set(String topic, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get();
        }
        // The controller knows it before the broker does.
        await().until(() -> setting(topic, name), value::equals);
    }

    private static Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA));
    }
}
