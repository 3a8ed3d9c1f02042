package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.testing.api.DeclaredTopics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document says what this service reads and writes; its rights in Kafka follow from that. */
class DeclaredTopicsTest {
    @Test
    void areThoseThatAreRead() {
        assertThat(Stream.of(Running.TOPICS, KafkaTold.OWN_TOPICS).flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(DeclaredTopics.readBy("outreach-service"));
    }
}
