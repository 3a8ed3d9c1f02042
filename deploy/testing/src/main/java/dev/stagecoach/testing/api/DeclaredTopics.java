package dev.stagecoach.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stagecoach.events.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Who reads and who writes which topics, as the AsyncAPI document tells everybody, and from where the rights of the services in Kafka come. */
public final class DeclaredTopics {
    private static final String DOCUMENT = "/asyncapi.yaml";

    private DeclaredTopics() {}

    /** The topics that a service reads. */
    public static Set<String> readBy(String service) {
        return of(service, "receive");
    }

    /** The topics that a service writes to. */
    public static Set<String> writtenBy(String service) {
        return of(service, "send");
    }

    private static Set<String> of(String service, String action) {
        Set<String> topics = new TreeSet<>();
        document().path("operations").properties().forEach(operation -> {
            if (operation.getKey().startsWith(service + ".")
                    && operation.getValue().path("action").asText().equals(action)) {
                topics.add(operation
                        .getValue()
                        .path("channel")
                        .path("$ref")
                        .asText()
                        .replace("#/channels/", ""));
            }
        });
        return topics;
    }

    private static JsonNode document() {
        try (InputStream in = Topics.class.getResourceAsStream(DOCUMENT)) {
            return new YAMLMapper().readTree(Objects.requireNonNull(in, DOCUMENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
