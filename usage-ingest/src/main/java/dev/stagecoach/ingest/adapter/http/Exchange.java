package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its head to its answer. On the event loop of its connection, but for bodies that are compressed or large, which
 * threads in the background read.
 */
final class Exchange {
    /** What is done with a request once all of it is there. */
    @FunctionalInterface
    interface Use {
        CompletionStage<Reply> use(Incoming incoming);
    }

    /** Larger bodies would keep the other connections of an event loop waiting for more than some milliseconds. */
    private static final int MOST_ON_EVENT_LOOP = 256 * 1024;

    private static final long NO_TIMER = -1;

    /** How long the rest of a body that was refused may take to come in before the connection is closed. */
    private static final long REST_MILLIS = 5_000;

    private final Reception reception;
    private final HttpServerRequest request;
    private final Context context;
    private final BodyMemory.Share share;
    private final long began = System.nanoTime();
    private @Nullable String key;
    private @Nullable RequestBody body;
    private long watch = NO_TIMER;
    private boolean isThere;

    Exchange(Reception reception, HttpServerRequest request, Context context) {
        this.reception = reception;
        this.request = request;
        this.context = context;
        this.share = reception.memory().share();
    }

    void begin() {
        try {
            key = PresentedKey.in(request.getHeader(HttpHeaders.AUTHORIZATION));
            reception.requireKnown(key);
            body = reception.bodyOf(request, key, share);
        } catch (RuntimeException refused) {
            refuseEarly(refused);
            return;
        }
        // What it takes meanwhile is missing for others. A small one is usually there when its head is.
        context.runOnContext(now -> watch());
        request.handler(this::more).endHandler(end -> allIsThere()).exceptionHandler(gone -> senderIsGone());
    }

    private void more(Buffer more) {
        RequestBody gathering = body;
        if (gathering == null) {
            return;
        }
        try {
            gathering.add(more);
        } catch (RefusedException refused) {
            body = null;
            refuseEarly(refused);
        }
    }

    private void watch() {
        if (!isThere && body != null) {
            watch = context.owner().setTimer(reception.bodyWithin().toMillis(), late -> tooSlow());
        }
    }

    private void tooSlow() {
        body = null;
        refuseEarly(new RefusedException(
                Refusal.TOO_SLOW,
                "body: not all there after " + reception.bodyWithin().toSeconds()
                        + " s (expected: sooner; send less at a time)"));
    }

    private void senderIsGone() {
        body = null;
        unwatch();
        share.giveBack();
    }

    private void unwatch() {
        if (watch != NO_TIMER) {
            context.owner().cancelTimer(watch);
            watch = NO_TIMER;
        }
    }

    /** Before all of it is there. What still comes is read and forgotten, or else the sender would not see the answer. */
    private void refuseEarly(RuntimeException refused) {
        unwatch();
        answer(reception.problems().of(refused));
        request.handler(rest -> {});
        request.exceptionHandler(gone -> {});
        long timer = context.owner()
                .setTimer(REST_MILLIS, late -> request.connection().close());
        request.endHandler(end -> context.owner().cancelTimer(timer));
    }

    private void allIsThere() {
        isThere = true;
        unwatch();
        RequestBody gathered = body;
        if (gathered == null) {
            return;
        }
        // What it takes is given back with the answer, even if nobody listens to that any more.
        request.exceptionHandler(gone -> {});
        if (gathered.isCompressed() || gathered.length() > MOST_ON_EVENT_LOOP) {
            try {
                reception.inBackground(() -> use(gathered));
            } catch (RefusedException busy) {
                answer(reception.problems().of(busy));
            }
        } else {
            use(gathered);
        }
    }

    private void use(RequestBody gathered) {
        if (request.response().closed()) {
            share.giveBack();
            return;
        }
        CompletionStage<Reply> reply;
        try {
            reply = reception.use(new Incoming(reception.path(), key, request.headers(), gathered.read()));
        } catch (RuntimeException | Error refused) {
            // Even without memory: what this one takes must be given back.
            answerOnContext(reception.problems().of(refused));
            return;
        }
        reply.whenComplete((done, failure) ->
                answerOnContext(failure == null ? done : reception.problems().of(failure)));
    }

    private void answerOnContext(Reply reply) {
        context.runOnContext(now -> answer(reply));
    }

    private void answer(Reply reply) {
        // An answer, too, takes memory until its reader has it.
        reply.send(request.response()).onComplete(sent -> share.giveBack());
        reception.answered(System.nanoTime() - began);
    }
}
