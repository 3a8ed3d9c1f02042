package dev.stagecoach.ingest;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.ingest.IngestCounters.Kind;
import dev.stagecoach.ingest.Receipt.Rejection;
import dev.stagecoach.ingest.field.Fields;
import dev.stagecoach.ingest.field.SentTime;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.key.WriteKey;
import dev.stagecoach.ingest.key.WriteKeys;
import dev.stagecoach.ingest.tracking.TrackedEvent;
import dev.stagecoach.ingest.tracking.TrackingBody;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Records usage events of the tracking API. {@code track}, {@code page} and {@code screen} are usage; {@code identify}, {@code group} and
 * {@code alias} are taken and ignored, since who a user is stays with the sender. One bad event costs no good one.
 */
@Singleton
public class RecordEvents {
    private final IngestConfig config;
    private final WriteKeys keys;
    private final Pseudonyms pseudonyms;
    private final ReceiptClock clock;
    private final UsageLog log;
    private final IngestCounters counters;

    RecordEvents(
            IngestConfig config,
            WriteKeys keys,
            Pseudonyms pseudonyms,
            ReceiptClock clock,
            UsageLog log,
            IngestCounters counters) {
        this.config = config;
        this.keys = keys;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
        this.log = log;
        this.counters = counters;
    }

    /**
     * Completes when every event is stored, on its topic or in quarantine.
     *
     * @param request the events
     * @param source the path on which they came
     * @param presentedKey the key that came with the request; without it, the one in the body counts
     * @param body what came, verbatim
     * @throws RefusedException, or fails with it, when nothing is recorded
     */
    public CompletionStage<Receipt> record(
            TrackingBody request, String source, @Nullable String presentedKey, byte[] body) {
        String key = presentedKey != null ? presentedKey : request.writeKey();
        WriteKey writeKey = keys.find(key)
                .orElseThrow(
                        () -> new RefusedException(Refusal.UNKNOWN_KEY, WriteKeyProblem.describe(key, "writeKey")));
        Sorting sorting = new Sorting(request, writeKey, source, clock.now(), body);
        sorting.sort();
        return store(sorting);
    }

    private CompletionStage<Receipt> store(Sorting sorting) {
        Receipt receipt = sorting.receipt();
        return log.append(sorting.usage, sorting.rejected)
                .whenComplete((stored, failure) -> {
                    if (failure == null) {
                        counters.stored(Kind.EVENT, receipt.recorded(), sorting.rejected.size(), receipt.ignored());
                    } else {
                        counters.unconfirmed(Kind.EVENT, receipt.received());
                    }
                })
                .thenApply(stored -> receipt);
    }

    private static @Nullable JsonNode json(Map<String, Object> properties) {
        return properties.isEmpty() ? null : EventCodec.json().valueToTree(properties);
    }

    /** One request's events, sorted into usage, rejected and ignored. */
    private final class Sorting {
        private final TrackingBody request;
        private final WriteKey writeKey;
        private final String source;
        private final String eventSource;
        private final Instant receivedAt;
        private final byte[] body;

        private final List<Event<UsageEvent>> usage;
        private final List<Rejected> rejected = new ArrayList<>();
        private final List<Rejection> rejections = new ArrayList<>();
        private int ignored;

        Sorting(TrackingBody request, WriteKey writeKey, String source, Instant receivedAt, byte[] body) {
            this.request = request;
            this.writeKey = writeKey;
            this.source = source;
            this.eventSource = Source.of(source);
            this.receivedAt = receivedAt;
            this.body = body;
            this.usage = new ArrayList<>(request.events().size());
        }

        void sort() {
            List<TrackedEvent> events = request.events();
            for (int index = 0; index < events.size(); index++) {
                TrackedEvent event = events.get(index);
                try {
                    sort(event);
                } catch (UnusableException e) {
                    reject(index, event, e.reason());
                }
            }
        }

        Receipt receipt() {
            return new Receipt(request.events().size(), usage.size(), ignored, rejections);
        }

        private void sort(TrackedEvent event) throws UnusableException {
            if (event.flaw() != null) {
                throw new UnusableException(event.flaw());
            }
            switch (requireNonNullElse(event.call(), "track").toLowerCase(Locale.ROOT)) {
                case "track" -> usage.add(usage(event));
                case "page", "screen" -> sortView(event);
                case "identify", "group", "alias" -> ignored++;
                default ->
                    throw new UnusableException("type: " + Fields.shown(String.valueOf(event.call()))
                            + " (expected: track, page, screen, identify, group or alias)");
            }
        }

        /** A page that says neither its name nor its feature is the use of no feature. */
        private void sortView(TrackedEvent event) throws UnusableException {
            if (event.name() == null && event.feature() == null) {
                ignored++;
            } else {
                usage.add(usage(event));
            }
        }

        private Event<UsageEvent> usage(TrackedEvent event) throws UnusableException {
            String account = account(event);
            String user = Fields.text(
                    "userId", event.userId() != null ? event.userId() : event.anonymousId(), "userId or anonymousId");
            String feature = Fields.optionalText("properties.feature", event.feature());
            String name = event.name() == null && feature != null
                    ? feature
                    : Fields.text("event", event.name(), "the name of what the user did");
            Instant at = at(event);
            String pseudonym = pseudonyms.of(account, user);
            String id = Fields.optionalText("messageId", event.messageId());
            UsageEvent data = new UsageEvent(
                    id != null ? id : derivedId(event, account, pseudonym, name, at),
                    account,
                    Fields.optionalText("context.instance", event.instance()),
                    pseudonym,
                    name,
                    feature != null ? feature : name,
                    Fields.optionalText("properties.action", event.action()),
                    at,
                    receivedAt,
                    json(event.properties()));
            return Event.of(data.id(), EventType.USAGE_EVENT, eventSource, account, receivedAt, null, data);
        }

        private String account(TrackedEvent event) throws UnusableException {
            String named = event.account() != null ? event.account() : request.account();
            String account = writeKey.accountOf(Fields.optionalText("groupId", named));
            return Fields.text("groupId", account, "context.groupId, since this write key speaks for many accounts");
        }

        private @Nullable String accountIfKnown(TrackedEvent event) {
            try {
                return account(event);
            } catch (UnusableException e) {
                return writeKey.account();
            }
        }

        private Instant at(TrackedEvent event) throws UnusableException {
            Instant happenedAt = event.timestamp() == null ? null : Fields.time("timestamp", event.timestamp());
            String sentAt = event.sentAt() != null ? event.sentAt() : request.sentAt();
            return Fields.corrected(
                    "timestamp",
                    SentTime.corrected(happenedAt, Fields.timeOrNull(sentAt), receivedAt, config.clockTolerance()));
        }

        /** From what the sender wrote, so that sending it again makes the same id; from the receipt only when it gave no time. */
        private String derivedId(TrackedEvent event, String account, String pseudonym, String name, Instant at) {
            String when = event.timestamp() != null ? event.timestamp() : at.toString();
            return DecisionId.of(
                    "usage-event",
                    account,
                    pseudonym,
                    name,
                    when,
                    event.propertiesBytes().textOf(body));
        }

        private void reject(int index, TrackedEvent event, String reason) {
            rejections.add(new Rejection(index, event.messageId(), reason));
            ByteBuffer bytes =
                    ByteBuffer.wrap(body, event.bytes().start(), event.bytes().length());
            String account = accountIfKnown(event);
            rejected.add(
                    new Rejected(Ids.ofRejected(source, account, bytes), account, source, reason, receivedAt, bytes));
        }
    }
}
