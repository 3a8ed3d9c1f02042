package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Topics;
import dev.stagecoach.testing.api.DeclaredTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document says what this service reads and writes; its rights in Kafka follow from that. */
class DeclaredTopicsTest {
    private static final List<String> FEED =
            List.of(Topics.ALERTS_CUSTOMER_USAGE, Topics.ALERTS_SCALED_SUCCESS, Topics.ALERTS_GTM_OPERATIONS);

    @Test
    void areThoseThatAreRead() {
        assertThat(Stream.of(KafkaInputs.TOPICS, RejectsRunner.TOPICS, FEED).flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(DeclaredTopics.readBy("alerts-service"));
    }

    @Test
    void haveTheFeedOfTheSettings() throws IOException {
        assertThat(Files.readString(Path.of("src/main/resources/application.yaml")))
                .contains("topics: " + String.join(",", FEED));
    }
}
