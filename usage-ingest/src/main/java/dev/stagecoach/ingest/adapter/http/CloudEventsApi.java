package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.KeyCheck;
import dev.stagecoach.ingest.Receipt;
import dev.stagecoach.ingest.Receipt.Rejection;
import dev.stagecoach.ingest.ReceiptClock;
import dev.stagecoach.ingest.RecordEvents;
import dev.stagecoach.ingest.RecordPing;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.adapter.json.CarriedUsage;
import dev.stagecoach.ingest.adapter.json.CloudEventsReader;
import dev.stagecoach.ingest.tracking.TrackedEvent;
import dev.stagecoach.ingest.tracking.TrackingBody;
import io.cloudevents.core.format.EventSerializationException;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** CloudEvents that carry usage: structured, batched or binary, as their HTTP binding describes them. */
@Singleton
final class CloudEventsApi {
    private static final String JSON_MODES = "application/cloudevents";
    private static final JsonFormat FORMAT = new JsonFormat();

    private final RecordEvents recordEvents;
    private final RecordPing recordPing;
    private final KeyCheck keys;
    private final CloudEventsReader reader;
    private final ReceiptClock clock;

    CloudEventsApi(
            RecordEvents recordEvents,
            RecordPing recordPing,
            KeyCheck keys,
            CloudEventsReader reader,
            ReceiptClock clock) {
        this.recordEvents = recordEvents;
        this.recordPing = recordPing;
        this.keys = keys;
        this.reader = reader;
        this.clock = clock;
    }

    CompletionStage<Reply> events(Incoming incoming) {
        byte[] body = isBinary(incoming.headers()) ? structured(incoming) : incoming.body();
        List<CarriedUsage> carried = reader.read(body, incoming.replayed().receivedBy(clock.now()));
        if (carried.isEmpty()) {
            keys.require(incoming.key(), "writeKey");
        }
        List<Integer> places = new ArrayList<>();
        List<TrackedEvent> events = new ArrayList<>();
        CompletableFuture<Receipt> receipts = CompletableFuture.completedFuture(new Receipt(0, 0, 0, 0, List.of()));
        for (int place = 0; place < carried.size(); place++) {
            if (carried.get(place) instanceof CarriedUsage.OfUser user) {
                places.add(place);
                events.add(user.event());
            } else if (carried.get(place) instanceof CarriedUsage.OfInstance instance) {
                receipts = receipts.thenCombine(recordPing(place, instance, incoming, body), CloudEventsApi::sum);
            }
        }
        if (!events.isEmpty()) {
            receipts = receipts.thenCombine(recordEvents(events, places, incoming, body), CloudEventsApi::sum);
        }
        return receipts.thenApply(receipt -> Reply.ok(TrackingApi.Answer.to(receipt)));
    }

    private static boolean isBinary(MultiMap headers) {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        return headers.contains("ce-specversion")
                && (type == null || !type.toLowerCase(Locale.ROOT).startsWith(JSON_MODES));
    }

    /** As one JSON object, so that all of it is there when it has to be kept. */
    private byte[] structured(Incoming incoming) {
        reader.requireFits(incoming.body().length);
        try {
            return FORMAT.serialize(HttpMessageFactory.createReader(
                            each -> incoming.headers()
                                    .forEach(header -> each.accept(header.getKey(), header.getValue())),
                            incoming.body())
                    .toEvent());
        } catch (CloudEventRWException | EventSerializationException | IllegalStateException e) {
            throw new RefusedException(
                    Refusal.UNREADABLE,
                    "headers: " + e.getMessage() + " (expected: ce-specversion, ce-id, ce-source and ce-type)",
                    e);
        }
    }

    private CompletionStage<Receipt> recordEvents(
            List<TrackedEvent> events, List<Integer> places, Incoming incoming, byte[] body) {
        return recordEvents
                .record(
                        new TrackingBody(null, null, null, events),
                        incoming.path(),
                        incoming.key(),
                        incoming.replayed(),
                        body)
                .thenApply(receipt -> new Receipt(
                        receipt.received(),
                        receipt.recorded(),
                        receipt.repeated(),
                        receipt.ignored(),
                        receipt.rejected().stream()
                                .map(one -> new Rejection(places.get(one.index()), one.messageId(), one.reason()))
                                .toList()));
    }

    private CompletionStage<Receipt> recordPing(
            int place, CarriedUsage.OfInstance instance, Incoming incoming, byte[] body) {
        byte[] bytes = Arrays.copyOfRange(
                body, instance.bytes().start(), instance.bytes().end());
        CompletionStage<?> recorded;
        try {
            // One that says too little is refused for that, whatever its key; here that must be known first.
            String key =
                    incoming.key() != null ? incoming.key() : instance.ping().key();
            keys.require(key, "writeKey");
            recorded = recordPing.record(instance.ping(), incoming.path(), incoming.key(), incoming.replayed(), bytes);
        } catch (RefusedException refused) {
            recorded = CompletableFuture.failedStage(refused);
        }
        return recorded.handle((newer, failure) -> failure == null
                ? new Receipt(1, 1, 0, 0, List.of())
                : new Receipt(1, 0, 0, 0, List.of(rejection(place, instance, failure))));
    }

    /** A ping that is in quarantine was taken; any other failure is that of the request. */
    private static Rejection rejection(int place, CarriedUsage.OfInstance instance, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RefusedException refused && refused.refusal().isOfOnePing()) {
            return new Rejection(place, instance.id(), String.valueOf(refused.getMessage()));
        }
        throw new CompletionException(cause);
    }

    private static Receipt sum(Receipt one, Receipt other) {
        return new Receipt(
                one.received() + other.received(),
                one.recorded() + other.recorded(),
                one.repeated() + other.repeated(),
                one.ignored() + other.ignored(),
                Stream.concat(one.rejected().stream(), other.rejected().stream())
                        .sorted(Comparator.comparing(Rejection::index))
                        .toList());
    }
}
