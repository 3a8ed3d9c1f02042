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

/** The services' REST APIs, as a program of a team asks them. */
record LocalApi(Stack stack, HttpClient http) {

    LocalApi(Stack stack) {
        this(stack, HttpClient.newHttpClient());
    }

    JsonNode get(Service service, String path) {
        return answer(request(service, path).build());
    }

    JsonNode put(Service service, String path, Object body) {
        try {
            return answer(request(service, path)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofByteArray(EventCodec.json().writeValueAsBytes(body)))
                    .build());
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
