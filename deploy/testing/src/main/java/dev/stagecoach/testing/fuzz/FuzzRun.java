package dev.stagecoach.testing.fuzz;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Sends spoilt requests, some at the same time, and judges the answers. Any answer is fine but an error of the service, of which only a 503
 * that says when to come back is none; success for a key that nobody knows; and none at all.
 */
public final class FuzzRun {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UNAVAILABLE = 503;
    private static final int MOST_WRONG = 20;

    /** What the service reads of a body at most; of a larger one, it may close the connection before all is sent. */
    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final FuzzedRequests requests;
    private final int atOnce;

    private final Map<String, Long> answers = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long wrongInAll;

    /** @param atOnce how many requests are under way at a time */
    public FuzzRun(URI address, FuzzedRequests requests, int atOnce) {
        this.address = address;
        this.requests = requests;
        this.atOnce = atOnce;
    }

    /** Sends the requests of these numbers, and returns when all are answered. */
    @SuppressWarnings("FutureReturnValueIgnored") // Whoever is answered gives its place back.
    public void send(long first, long count) throws InterruptedException {
        var places = new Semaphore(atOnce);
        for (long number = first; number < first + count; number++) {
            places.acquire();
            send(requests.get(number)).whenComplete((answered, failure) -> places.release());
        }
        places.acquire(atOnce);
    }

    private CompletableFuture<?> send(FuzzedRequest spoilt) {
        var request = HttpRequest.newBuilder(address.resolve(spoilt.path()))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(spoilt.body()));
        spoilt.headers().forEach(request::header);
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .handle((answer, failure) -> {
                    judge(spoilt, answer, failure);
                    return spoilt;
                });
    }

    private synchronized void judge(
            FuzzedRequest spoilt, @Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
        if (answer == null) {
            boolean mayBe = spoilt.body().length > LARGEST_BODY;
            count(mayBe ? "closed, as the body is too large" : "none");
            if (!mayBe) {
                wrong(spoilt, "no answer: " + failure);
            }
            return;
        }
        int status = answer.statusCode();
        boolean comeBack = status == UNAVAILABLE
                && answer.headers().firstValue("Retry-After").isPresent();
        count(comeBack ? status + " with Retry-After" : Integer.toString(status));
        if (!comeBack && !isRightKind(status)) {
            wrong(spoilt, status + " " + answer.body());
        } else if (status < 300 && !spoilt.authorized() && spoilt.path().startsWith("/v1/")) {
            wrong(spoilt, "taken although the key is unknown: " + answer.body());
        }
    }

    /** Success, or a mistake of the sender. */
    private static boolean isRightKind(int status) {
        int hundreds = status / 100;
        return hundreds == 2 || hundreds == 4;
    }

    private void count(String answer) {
        answers.merge(answer, 1L, Long::sum);
    }

    private void wrong(FuzzedRequest spoilt, String why) {
        wrongInAll++;
        if (wrong.size() < MOST_WRONG) {
            wrong.add(spoilt + ": " + why);
        }
    }

    /** How often there was which answer. */
    public synchronized Map<String, Long> answers() {
        return new TreeMap<>(answers);
    }

    /** The first answers that there should not be. */
    public synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** How many answers there are that there should not be. */
    public synchronized long wrongInAll() {
        return wrongInAll;
    }
}
