package dev.stagecoach.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether a service answers that it is ready. */
final class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Readiness() {}

    static void await(Stack stack, Service service) {
        boolean ready = Patience.of(PATIENCE, PAUSE).until(() -> {
            stack.requireAlive();
            return isReady(stack, service);
        });
        if (!ready) {
            throw new Complaint("The service " + service + " was not ready within " + PATIENCE.toSeconds()
                    + " s; its log is " + stack.log(service) + ".");
        }
    }

    private static boolean isReady(Stack stack, Service service) {
        var request = HttpRequest.newBuilder(stack.uri(service).resolve("/q/health/ready"))
                .timeout(ANSWER)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted while starting.", e);
        }
    }
}
