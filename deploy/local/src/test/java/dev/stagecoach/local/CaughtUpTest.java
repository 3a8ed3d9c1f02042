package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who does not wait for a topic lets the next day begin before this one is done. */
class CaughtUpTest {

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"LIFECYCLE", "OUTREACH", "ALERTS"})
    void waitsForEveryTopicThatAServiceHearsOthersBy(Service service) throws IOException {
        // Given
        var read = declared(service, "receive");
        var heard = new TreeSet<>(read);
        heard.removeAll(declared(service, "send"));
        // Only counted, for the page of the system.
        heard.removeIf(topic -> topic.equals(Topics.USAGE_QUARANTINE) || topic.endsWith(".dead-letters"));

        // Then
        assertThat(CaughtUp.READ_BY.get(service)).containsAll(heard).isSubsetOf(read);
    }

    private static Set<String> declared(Service service, String action) throws IOException {
        try (var document = Topics.class.getResourceAsStream("/asyncapi.yaml")) {
            var topics = new TreeSet<String>();
            for (var operation :
                    new YAMLMapper().readTree(document).path("operations").properties()) {
                if (operation.getKey().startsWith(service + ".") && isOf(operation.getValue(), action)) {
                    topics.add(operation.getValue().at("/channel/$ref").asText().replace("#/channels/", ""));
                }
            }
            assertThat(topics).isNotEmpty();
            return topics;
        }
    }

    private static boolean isOf(JsonNode operation, String action) {
        return operation.path("action").asText().equals(action);
    }
}
