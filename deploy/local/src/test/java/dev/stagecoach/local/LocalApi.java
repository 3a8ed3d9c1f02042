package dev.stagecoach.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

/**
 * The services' REST APIs, as a program of a team asks them, and a product tells of usage.
 *
 * @param token of the program
 * @param writeKey of the product
 */
record LocalApi(Function<Service, URI> addresses, String token, String writeKey, HttpClient http) {

    LocalApi(Stack stack) {
        this(stack::uri, ServiceSettings.TOKEN, ServiceSettings.TOKEN);
    }

    LocalApi(Function<Service, URI> addresses, String token, String writeKey) {
        this(addresses, token, writeKey, HttpClient.newHttpClient());
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

    JsonNode put(Service service, String path, Object body) {
        return answer(request(service, path)
                .header("Content-Type", "application/json")
                .PUT(json(body))
                .build());
    }

    /** Tells an event as a product would. */
    JsonNode track(Object event) {
        return tell("/v1/track", event);
    }

    /** Tells how an instance is used, as it would by itself. */
    JsonNode ping(Object ping) {
        return tell("/v1/pings", ping);
    }

    private JsonNode tell(String path, Object usage) {
        var key = Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
        return answer(HttpRequest.newBuilder(addresses.apply(Service.INGEST).resolve(path))
                .header("Authorization", "Basic " + key)
                .header("Content-Type", "application/json")
                .POST(json(usage))
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
        return HttpRequest.newBuilder(addresses.apply(service).resolve(path))
                .header("Authorization", "Bearer " + token);
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
