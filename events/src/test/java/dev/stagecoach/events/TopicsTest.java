package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopicsTest {
    @Test
    void areThoseOfTheFile() {
        assertThat(TopicsFile.read().topics().keySet()).containsExactlyInAnyOrderElementsOf(Topics.names());
    }

    @Test
    void haveAllTheSameNumberOfPartitions() {
        assertThat(Topics.all()).hasSize(Topics.names().size()).allSatisfy(topic -> {
            assertThat(topic.numPartitions()).isEqualTo(Topics.DEFAULT_PARTITIONS);
            assertThat(topic.replicationFactor()).isEqualTo((short) 3);
        });
    }

    @Test
    void outliveABroker() {
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(topic.configs()).containsEntry("min.insync.replicas", "2"));
    }

    @Test
    void areCompactedWhereTheLastRecordIsTheWholeTruth() {
        assertThat(Topics.all())
                .filteredOn(topic -> "compact".equals(topic.configs().get("cleanup.policy")))
                .extracting(NewTopic::name)
                .containsExactlyInAnyOrder(Topics.ACCOUNTS, Topics.CONTACTS, Topics.WRITE_KEYS, Topics.LIFECYCLE_USAGE);
    }

    @Test
    void areKeptForEverWhereSomethingIsMadeAnewFromThem() {
        assertThat(Topics.all())
                .filteredOn(topic -> !"-1".equals(topic.configs().get("retention.ms")))
                .extracting(NewTopic::name)
                .containsExactlyInAnyOrder(Topics.USAGE_QUARANTINE, Topics.USAGE_LINKS);
    }

    @Test
    void takeUsageThatIsDatedADayAheadOfItsReceipt() {
        assertThat(Topics.all())
                .extracting(topic -> topic.configs().get("message.timestamp.after.max.ms"))
                .allSatisfy(most -> assertThat(Duration.ofMillis(Long.parseLong(most)))
                        .isGreaterThan(Duration.ofDays(1).plusHours(1)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2"})
    void lowerWhatMustBeInSyncWithTheNumberOfCopies(short copies, String inSync) {
        assertThat(Topics.with(4, copies)).hasSize(Topics.names().size()).allSatisfy(topic -> {
            assertThat(topic.numPartitions()).isEqualTo(4);
            assertThat(topic.replicationFactor()).isEqualTo(copies);
            assertThat(topic.configs()).containsEntry("min.insync.replicas", inSync);
        });
    }

    @Test
    void knowNoTimeWhereTimeIsMadeUp() {
        short once = 1;
        assertThat(Topics.inMadeUpTime(1, once))
                .allSatisfy(topic -> assertThat(topic.configs())
                        .containsEntry("retention.ms", "-1")
                        .containsOnlyKeys("cleanup.policy", "min.insync.replicas", "retention.ms"));
    }

    @Test
    void differByTheirOwnSettings() {
        TopicsFile file = new TopicsFile(
                1,
                (short) 1,
                Map.of("cleanup.policy", "delete", "retention.ms", "-1"),
                Map.of("usual", Map.of(), "special", Map.of("retention.ms", "5")));
        assertThat(file.configOf("usual")).containsEntry("retention.ms", "-1");
        assertThat(file.configOf("special"))
                .containsEntry("retention.ms", "5")
                .containsEntry("cleanup.policy", "delete");
    }

    @ParameterizedTest
    @EnumSource
    void includeTheTopicOfEveryType(EventType type) {
        assertThat(Topics.names()).contains(type.topic());
    }
}
