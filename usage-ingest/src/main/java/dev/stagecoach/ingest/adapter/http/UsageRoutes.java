package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.KeyCheck;
import dev.stagecoach.traces.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The addresses at which usage comes in. The content type is not looked at, since browsers send {@code text/plain} to be spared a
 * preflight request. Pages of any origin may call: what counts is the write key, and there are no cookies.
 */
@Singleton
final class UsageRoutes {
    private static final List<String> CALLS = List.of("track", "page", "screen", "identify", "group", "alias");

    /** Large bodies; more of them are told to come back. */
    private static final int MOST_WAITING = 256;

    private static final int A_DAY_IN_SECONDS = 86_400;

    private final TrackingApi tracking;
    private final PingApi pings;
    private final CloudEventsApi cloudEvents;
    private final KeyCheck keys;
    private final BodyMemory memory;
    private final Problems problems;
    private final MeterRegistry registry;
    private final Traces traces;
    private final ExecutorService background;
    private final Reception.Limits ofUsage;
    private final Reception.Limits ofPing;

    UsageRoutes(
            TrackingApi tracking,
            PingApi pings,
            CloudEventsApi cloudEvents,
            KeyCheck keys,
            BodyMemory memory,
            Problems problems,
            MeterRegistry registry,
            Traces traces,
            IngestConfig config) {
        this.tracking = tracking;
        this.pings = pings;
        this.cloudEvents = cloudEvents;
        this.keys = keys;
        this.memory = memory;
        this.problems = problems;
        this.registry = registry;
        this.traces = traces;
        // Not the workers of the framework, which forget what belongs to their thread after each task, hashes and
        // buffers among it.
        int cores = Runtime.getRuntime().availableProcessors();
        this.background = new ThreadPoolExecutor(
                cores,
                cores,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> new Thread(task, "large bodies"));
        int body = (int) config.limits().body().asLongValue();
        Duration within = config.limits().bodyWithin();
        this.ofUsage = new Reception.Limits(
                body, (int) config.limits().decompressedBody().asLongValue(), within);
        // It becomes one Kafka record.
        this.ofPing = new Reception.Limits(body, (int) config.limits().ping().asLongValue(), within);
    }

    void register(@Observes Router router) {
        CALLS.forEach(call -> take(router, "/v1/" + call, ofUsage, incoming -> tracking.single(call, incoming)));
        take(router, "/v1/batch", ofUsage, tracking::batch);
        take(router, "/v1/import", ofUsage, tracking::batch);
        take(router, "/v1/events", ofUsage, cloudEvents::events);
        take(router, "/v1/pings", ofPing, pings::plain);
        take(router, "/updates", ofPing, pings::updateCheck);
        take(router, "/.api/updates", ofPing, pings::updateCheck);
        router.errorHandler(404, this::nothingThere);
    }

    private void take(Router router, String path, Reception.Limits limits, Exchange.Use use) {
        Reception reception =
                new Reception(path, use, limits, keys, memory, problems, answersAt(path), background, traces);
        for (String spelling : List.of(path, path + "/")) {
            router.route(spelling).handler(anyOrigin());
            router.post(spelling).handler(reception);
            router.route(spelling).handler(this::wrongMethod);
        }
    }

    /** From the head of a request to its answer. */
    private Timer answersAt(String path) {
        return Timer.builder("stagecoach.ingest.answers")
                .description("How long answers took, whatever they were")
                .tag("path", path)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(3))
                .register(registry);
    }

    private static CorsHandler anyOrigin() {
        return CorsHandler.create()
                .allowedMethod(HttpMethod.POST)
                .allowedHeaders(Set.of("authorization", "content-type", "content-encoding"))
                .exposedHeaders(Set.of("retry-after"))
                .maxAgeSeconds(A_DAY_IN_SECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whoever asks this waits for nothing.
    private void wrongMethod(RoutingContext routing) {
        Problem.answer(405, "this path does not take this method (expected: POST)")
                .send(routing.response().putHeader("Allow", "POST, OPTIONS"));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Likewise.
    private void nothingThere(RoutingContext routing) {
        Problem.answer(404, "nothing at this path (expected: one that /q/openapi lists)")
                .send(routing.response());
    }

    @PreDestroy
    void close() {
        background.shutdown();
    }
}
