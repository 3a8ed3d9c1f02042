package dev.stagecoach.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The services' REST APIs, as a program of a team asks them. */
record LocalApi(Stack stack, HttpClient http) {

    LocalApi(Stack stack) {
        this(stack, HttpClient.newHttpClient());
    }

    JsonNode get(Service service, String path) {
        return answer(request(service, path).build());
    }

    JsonNode post(Service service, String path, Object body) {
        return answer(request(service, path)
                .header("Content-Type", "application/json")
                .POST(json(body))
                .build());
    }

    /** Tells an event as a product would, whose key the local stack knows. */
    JsonNode track(Object event) {
        var key = Base64.getEncoder().encodeToString((ServiceSettings.TOKEN + ":").getBytes(StandardCharsets.UTF_8));
        return answer(HttpRequest.newBuilder(stack.uri(Service.INGEST).resolve("/v1/track"))
                .header("Authorization", "Basic " + key)
                .header("Content-Type", "application/json")
                .POST(json(event))
                .build());
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofByteArray(EventCodec.json().writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(Service service, String path) {
        return HttpRequest.newBuilder(stack.uri(service).resolve(path))
                .header("Authorization", "Bearer " + ServiceSettings.TOKEN);
    }

    private JsonNode answer(HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(request + ": " + answer.statusCode() + " " + answer.body());
            }
            return EventCodec.json().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(request.toString(), e);
        }
    }
}
