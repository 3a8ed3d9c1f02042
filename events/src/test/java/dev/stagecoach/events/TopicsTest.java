package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicsTest {
    @Test
    void haveAllTheSameNumberOfPartitions() {
        short replicas = 3;
        assertThat(Topics.all(12, replicas)).hasSize(Topics.names().size()).allSatisfy(topic -> {
            assertThat(topic.numPartitions()).isEqualTo(12);
            assertThat(topic.replicationFactor()).isEqualTo(replicas);
        });
    }

    @Test
    void areCompactedWhereTheLastRecordIsTheWholeTruth() {
        short once = 1;
        assertThat(Topics.all(1, once))
                .filteredOn(topic -> "compact".equals(topic.configs().get("cleanup.policy")))
                .extracting(topic -> topic.name())
                .containsExactlyInAnyOrder(Topics.ACCOUNTS, Topics.CONTACTS, Topics.WRITE_KEYS, Topics.LIFECYCLE_USAGE);
    }

    @ParameterizedTest
    @EnumSource
    void includeTheTopicOfEveryType(EventType type) {
        assertThat(Topics.names()).contains(type.topic());
    }
}
