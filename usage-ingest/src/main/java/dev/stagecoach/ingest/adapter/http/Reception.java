package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.KeyCheck;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.traces.Step;
import dev.stagecoach.traces.Traces;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes the requests at one path. */
final class Reception implements Handler<RoutingContext> {
    private final String path;
    private final Exchange.Use use;
    private final Limits limits;
    private final KeyCheck keys;
    private final BodyMemory memory;
    private final Problems problems;
    private final Timer answers;
    private final Executor background;
    private final Traces traces;

    /** The largest body as sent, and decompressed, and how long a large one may take. */
    record Limits(int bytes, int decompressedBytes, Duration within) {}

    Reception(
            String path,
            Exchange.Use use,
            Limits limits,
            KeyCheck keys,
            BodyMemory memory,
            Problems problems,
            Timer answers,
            Executor background,
            Traces traces) {
        this.path = path;
        this.use = use;
        this.limits = limits;
        this.keys = keys;
        this.memory = memory;
        this.problems = problems;
        this.answers = answers;
        this.background = background;
        this.traces = traces;
    }

    @Override
    public void handle(RoutingContext routing) {
        new Exchange(this, routing.request(), routing.vertx().getOrCreateContext()).begin();
    }

    String path() {
        return path;
    }

    BodyMemory memory() {
        return memory;
    }

    Problems problems() {
        return problems;
    }

    /** Whoever presents a wrong key is told before it has sent its body. Without one in the head, it may be in the body. */
    void requireKnown(@Nullable String key) {
        if (key != null) {
            keys.require(key, "writeKey");
        }
    }

    /** As many at a time as there are cores: more of them would be no faster, and all hold their events in memory. */
    void inBackground(Runnable task) {
        try {
            background.execute(task);
        } catch (RejectedExecutionException e) {
            throw new RefusedException(Refusal.BUSY, "too many large bodies under way; send it again", e);
        }
    }

    void answered(long nanos) {
        answers.record(nanos, TimeUnit.NANOSECONDS);
    }

    Duration bodyWithin() {
        return limits.within();
    }

    RequestBody bodyOf(HttpServerRequest request, @Nullable String key, BodyMemory.Share share) {
        return new RequestBody(
                request.getHeader(HttpHeaders.CONTENT_ENCODING),
                request.getHeader(HttpHeaders.CONTENT_LENGTH),
                share,
                limits.bytes(),
                // Without a key in the head nobody has shown one yet: then it is not worth more than what was sent.
                key == null ? Math.min(limits.bytes(), limits.decompressedBytes()) : limits.decompressedBytes());
    }

    /** Nobody asks for traces, usually: then nothing is added to the way of usage. */
    CompletionStage<Reply> use(Incoming incoming) {
        return traces.isOn() ? useTraced(incoming) : use.use(incoming);
    }

    private CompletionStage<Reply> useTraced(Incoming incoming) {
        Step step = traces.begin("POST " + path, incoming.headers().get(Traces.HEADER));
        if (step == null) {
            return use.use(incoming);
        }
        try {
            return step.within(() -> use.use(incoming)).whenComplete((reply, refused) -> end(step, refused));
        } catch (RuntimeException refused) {
            end(step, refused);
            throw refused;
        }
    }

    private static void end(Step step, @Nullable Throwable refused) {
        if (refused == null) {
            step.end();
        } else {
            // Not its message, which may quote what was sent.
            step.fail("not taken: " + refused.getClass().getSimpleName());
        }
    }
}
