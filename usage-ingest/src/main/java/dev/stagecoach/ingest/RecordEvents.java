package dev.stagecoach.ingest;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UserLinked;
import dev.stagecoach.ingest.IngestCounters.Kind;
import dev.stagecoach.ingest.Receipt.Rejection;
import dev.stagecoach.ingest.field.Fields;
import dev.stagecoach.ingest.field.SentTime;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.key.WriteKey;
import dev.stagecoach.ingest.tracking.TrackedEvent;
import dev.stagecoach.ingest.tracking.TrackingBody;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Records usage events of the tracking API. {@code track}, {@code page} and {@code screen} are usage. {@code identify}, {@code group} and
 * {@code alias} are none; with a key for many accounts they tell to which of them a user belongs ({@link UserLinks}). One bad event costs no
 * good one.
 */
@Singleton
public class RecordEvents {
    private final IngestConfig config;
    private final KeyCheck keys;
    private final Pace pace;
    private final Pseudonyms pseudonyms;
    private final UserLinks links;
    private final RecentIds recentIds;
    private final ReceiptClock clock;
    private final UsageLog log;
    private final IngestCounters counters;

    RecordEvents(
            IngestConfig config,
            KeyCheck keys,
            Pace pace,
            Pseudonyms pseudonyms,
            UserLinks links,
            RecentIds recentIds,
            ReceiptClock clock,
            UsageLog log,
            IngestCounters counters) {
        this.config = config;
        this.keys = keys;
        this.pace = pace;
        this.pseudonyms = pseudonyms;
        this.links = links;
        this.recentIds = recentIds;
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
     * @param replayed what the request says about having come before
     * @param body what came, verbatim
     * @throws RefusedException, or fails with it, when nothing is recorded
     */
    public CompletionStage<Receipt> record(
            TrackingBody request, String source, @Nullable String presentedKey, Replayed replayed, byte[] body) {
        WriteKey writeKey = keys.require(presentedKey != null ? presentedKey : request.writeKey(), "writeKey");
        WriteKey narrowed = replayed.narrowed(writeKey, keys);
        pace.take(writeKey, request.events().size());
        Instant now = clock.now();
        Sorting sorting = new Sorting(request, narrowed, source, replayed.receivedBy(now), now, body);
        sorting.sort();
        return store(sorting);
    }

    private CompletionStage<Receipt> store(Sorting sorting) {
        Receipt receipt = sorting.receipt();
        return log.append(sorting.events, sorting.rejected)
                .whenComplete((stored, failure) -> {
                    if (failure == null) {
                        sorting.ids.stored();
                        links.recorded(sorting.told);
                        counters.stored(
                                Kind.EVENT,
                                receipt.recorded(),
                                receipt.repeated(),
                                sorting.rejected.size(),
                                receipt.ignored());
                    } else {
                        counters.unconfirmed(Kind.EVENT, receipt.received());
                    }
                })
                .thenApply(stored -> receipt);
    }

    /** Node by node, as there are few, and the mapper would write and read them for it. */
    private static @Nullable JsonNode json(Map<String, Object> properties) {
        if (properties.isEmpty()) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        properties.forEach((name, value) -> json.set(
                name,
                value instanceof String text
                        ? json.textNode(text)
                        : value instanceof Boolean is ? json.booleanNode(is) : number((Number) value)));
        return json;
    }

    private static JsonNode number(Number value) {
        return value instanceof Integer small
                ? IntNode.valueOf(small)
                : value instanceof Long large
                        ? LongNode.valueOf(large)
                        : EventCodec.json().valueToTree(value);
    }

    /** One request's events, sorted into usage, rejected and ignored. */
    private final class Sorting {
        private final TrackingBody request;
        private final WriteKey writeKey;
        private final String source;
        private final String eventSource;
        private final Instant receivedAt;
        private final Instant now;
        private final byte[] body;
        private final @Nullable Instant batchSentAt;

        private final RecentIds.Claim ids = recentIds.claim();
        private final List<Event<?>> events;
        private final UserLinks.Told told = new UserLinks.Told();
        private final List<Rejected> rejected = new ArrayList<>();
        private final List<Rejection> rejections = new ArrayList<>();
        private int recorded;
        private int repeated;
        private int ignored;

        /** @param receivedAt earlier than now when it is replayed */
        Sorting(TrackingBody request, WriteKey writeKey, String source, Instant receivedAt, Instant now, byte[] body) {
            this.request = request;
            this.writeKey = writeKey;
            this.source = source;
            this.eventSource = Source.of(source);
            this.receivedAt = receivedAt;
            this.now = now;
            this.body = body;
            this.batchSentAt = Fields.timeOrNull(request.sentAt());
            this.events = new ArrayList<>(request.events().size());
        }

        void sort() {
            List<TrackedEvent> sent = request.events();
            for (int index = 0; index < sent.size(); index++) {
                TrackedEvent event = sent.get(index);
                try {
                    sort(event);
                } catch (UnusableException e) {
                    reject(index, event, e.reason());
                }
            }
            told.links().forEach(link -> events.add(linked(link)));
        }

        Receipt receipt() {
            return new Receipt(request.events().size(), recorded, repeated, ignored, rejections);
        }

        private void sort(TrackedEvent event) throws UnusableException {
            if (event.flaw() != null) {
                throw new UnusableException(event.flaw());
            }
            switch (requireNonNullElse(event.call(), "track").toLowerCase(Locale.ROOT)) {
                case "track" -> use(event);
                case "page", "screen" -> view(event);
                case "identify", "group" -> {
                    link(event);
                    ignored++;
                }
                case "alias" -> {
                    alias(event);
                    ignored++;
                }
                default ->
                    throw new UnusableException("type: " + Fields.shown(String.valueOf(event.call()))
                            + " (expected: track, page, screen, identify, group or alias)");
            }
        }

        /** A page that says neither its name nor its feature is the use of no feature. */
        private void view(TrackedEvent event) throws UnusableException {
            if (event.name() == null && event.feature() == null) {
                ignored++;
            } else {
                use(event);
            }
        }

        private void use(TrackedEvent event) throws UnusableException {
            String user = user(event);
            String account = account(event, user);
            String feature = Fields.optionalText("properties.feature", event.feature());
            String name = event.name() == null && feature != null
                    ? feature
                    : Fields.text("event", event.name(), "the name of what the user did");
            Instant at = at(event);
            String pseudonym = pseudonyms.of(account, user);
            String sentId = Fields.optionalText("messageId", event.messageId());
            UsageEvent data = new UsageEvent(
                    sentId != null ? sentId : derivedId(event, account, pseudonym, name, at),
                    account,
                    Fields.optionalText("context.instance", event.instance()),
                    pseudonym,
                    name,
                    feature != null ? feature : name,
                    Fields.optionalText("properties.action", event.action()),
                    at,
                    now,
                    json(event.properties()));
            if (ids.isNew(account, data.id())) {
                recorded++;
                events.add(Event.of(data.id(), EventType.USAGE_EVENT, eventSource, account, now, null, data));
            } else {
                repeated++;
            }
        }

        private void link(TrackedEvent event) throws UnusableException {
            if (!writeKey.isForManyAccounts()) {
                return;
            }
            String named = named(event);
            if (named == null) {
                return;
            }
            String account = account(named);
            for (String user : users(event)) {
                links.link(writeKey, user, account, receivedAt, told);
            }
        }

        /** Who was known by another id belongs where that one did, if that is one place. */
        private void alias(TrackedEvent event) throws UnusableException {
            String before = Fields.optionalText("previousId", event.previousId());
            if (writeKey.isForManyAccounts() && before != null) {
                String user = user(event);
                Set<String> accounts = links.accountsOf(writeKey, before, receivedAt, told);
                if (accounts.size() == 1) {
                    links.link(writeKey, user, accounts.iterator().next(), receivedAt, told);
                }
            }
        }

        private Event<UserLinked> linked(UserLinked link) {
            return Event.of(
                    DecisionId.of("user-linked", link.account(), link.user(), link.at()),
                    EventType.USER_LINKED,
                    eventSource,
                    link.account(),
                    now,
                    null,
                    link);
        }

        private String user(TrackedEvent event) throws UnusableException {
            return Fields.text(
                    "userId", event.userId() != null ? event.userId() : event.anonymousId(), "userId or anonymousId");
        }

        private List<String> users(TrackedEvent event) throws UnusableException {
            String user = user(event);
            String visitor = Fields.optionalText("anonymousId", event.anonymousId());
            return visitor == null || visitor.equals(user) ? List.of(user) : List.of(user, visitor);
        }

        private @Nullable String named(TrackedEvent event) throws UnusableException {
            return Fields.optionalText("groupId", event.account() != null ? event.account() : request.account());
        }

        private String account(TrackedEvent event, String user) throws UnusableException {
            String named = named(event);
            return named == null && writeKey.isForManyAccounts()
                    ? links.accountOf(writeKey, user, receivedAt, told)
                    : account(named);
        }

        private String account(@Nullable String named) throws UnusableException {
            return Fields.text(
                    "groupId",
                    writeKey.accountOf(named),
                    "context.groupId, since this write key speaks for many accounts");
        }

        private @Nullable String accountIfKnown(TrackedEvent event) {
            try {
                return account(named(event));
            } catch (UnusableException e) {
                return writeKey.account();
            }
        }

        private Instant at(TrackedEvent event) throws UnusableException {
            Instant happenedAt = event.timestamp() == null ? null : Fields.time("timestamp", event.timestamp());
            Instant sentAt = event.sentAt() != null ? Fields.timeOrNull(event.sentAt()) : batchSentAt;
            return Fields.corrected(
                    "timestamp", SentTime.corrected(happenedAt, sentAt, receivedAt, config.clockTolerance()));
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
            // What is no time and no name is kept in no header: each of the rejected events would have it.
            String sentAt = batchSentAt == null ? null : request.sentAt();
            String groupId = Fields.nameOrNull(request.account());
            ByteBuffer bytes = WriteKey.blotted(
                    ByteBuffer.wrap(body, event.bytes().start(), event.bytes().length()));
            String account = accountIfKnown(event);
            rejected.add(new Rejected(
                    Ids.ofRejected(source, account, writeKey.id(), sentAt, groupId, bytes),
                    account,
                    writeKey.id(),
                    source,
                    reason,
                    receivedAt,
                    now,
                    sentAt,
                    groupId,
                    bytes));
        }
    }
}
