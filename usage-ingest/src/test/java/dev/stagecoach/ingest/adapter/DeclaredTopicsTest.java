package dev.stagecoach.ingest.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.testing.api.DeclaredTopics;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document says what this service reads and writes; its rights in Kafka follow from that. */
class DeclaredTopicsTest {
    @Test
    void areThoseThatAreWritten() {
        assertThat(KafkaUsageLog.TOPICS).containsExactlyInAnyOrderElementsOf(DeclaredTopics.writtenBy("usage-ingest"));
    }
}
