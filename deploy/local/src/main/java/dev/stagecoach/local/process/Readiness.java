package dev.stagecoach.local.process;

import dev.stagecoach.platform.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** Whether a service answers that it is ready. */
public final class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Readiness() {}

    /**
     * Waits until it does.
     *
     * @param name what it is called
     * @param address where it listens
     * @param log named when it does not become ready
     * @param requireAlive throws if there is nothing to wait for any more
     * @throws Complaint if it takes too long
     */
    public static void await(String name, URI address, Path log, Runnable requireAlive) {
        boolean ready = Patience.of(PATIENCE, PAUSE).until(() -> {
            requireAlive.run();
            return isReady(address);
        });
        if (!ready) {
            throw new Complaint("The service " + name + " was not ready within " + PATIENCE.toSeconds()
                    + " s; its log is " + log + ".");
        }
    }

    private static boolean isReady(URI address) {
        var request = HttpRequest.newBuilder(address.resolve("/q/health/ready"))
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
