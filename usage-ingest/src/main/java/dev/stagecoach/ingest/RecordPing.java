package dev.stagecoach.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.ingest.IngestCounters.Kind;
import dev.stagecoach.ingest.field.Fields;
import dev.stagecoach.ingest.field.SentTime;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.key.WriteKey;
import dev.stagecoach.ingest.ping.Ping;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records what an instance reports about itself. Counts for the key's account, or, with a key for many accounts, for the one of them that
 * the ping names, or else for the one that lists the instance.
 */
@Singleton
public class RecordPing {
    private final IngestConfig config;
    private final KeyCheck keys;
    private final Pace pace;
    private final UpdateNotice updateNotice;
    private final Accounts accounts;
    private final ReceiptClock clock;
    private final UsageLog log;
    private final IngestCounters counters;

    RecordPing(
            IngestConfig config,
            KeyCheck keys,
            Pace pace,
            UpdateNotice updateNotice,
            Accounts accounts,
            ReceiptClock clock,
            UsageLog log,
            IngestCounters counters) {
        this.config = config;
        this.keys = keys;
        this.pace = pace;
        this.updateNotice = updateNotice;
        this.accounts = accounts;
        this.clock = clock;
        this.log = log;
        this.counters = counters;
    }

    /**
     * Completes when the ping is stored. A ping that came with a valid key but cannot be recorded is kept in quarantine before this
     * fails.
     *
     * <p>The result is the newest version, when that is newer than the one of the instance.
     *
     * @param body what came
     * @param source the path on which it came
     * @param presentedKey the key that came with the request; without it, the one in the ping counts
     * @param replayed what the request says about having come before
     * @param bytes what came, verbatim
     * @throws RefusedException, or fails with it, when the ping is not recorded
     */
    public CompletionStage<Optional<String>> record(
            PingBody body, String source, @Nullable String presentedKey, Replayed replayed, byte[] bytes) {
        String key = presentedKey != null ? presentedKey : body.key();
        WriteKey writeKey = body.ping() == null
                // What cannot be used is no better with a key.
                ? keys.find(key).orElseThrow(() -> new RefusedException(Refusal.UNUSABLE, flaw(body)))
                : keys.require(key, "LicenseKey or writeKey");
        pace.take(writeKey, 1);
        Instant now = clock.now();
        Sent sent = new Sent(
                source, replayed.narrowed(writeKey, keys), replayed.receivedBy(now), now, ByteBuffer.wrap(bytes));
        Ping ping = body.ping();
        if (ping == null) {
            return refuse(Refusal.UNUSABLE, flaw(body), sent);
        }
        if (!accounts.isComplete()) {
            throw new RefusedException(Refusal.NOT_READY, "still reading the accounts; send the ping again");
        }
        try {
            String account = sent.key().accountOf(ping.account());
            return account != null ? store(account, ping, body.json(), sent) : recordByInstance(ping, body, sent);
        } catch (UnusableException e) {
            return refuse(Refusal.FOREIGN_ACCOUNT, e.reason(), sent);
        }
    }

    /**
     * How a ping came.
     *
     * @param receivedAt earlier than now when it is replayed
     * @param bytes what came, verbatim
     */
    private record Sent(String source, WriteKey key, Instant receivedAt, Instant now, ByteBuffer bytes) {}

    private static String flaw(PingBody body) {
        return String.valueOf(body.flaw());
    }

    private CompletionStage<Optional<String>> recordByInstance(Ping ping, PingBody body, Sent sent) {
        Set<String> listing = accounts.withInstance(ping.instance()).stream()
                .filter(sent.key()::speaksFor)
                .collect(Collectors.toUnmodifiableSet());
        return listing.size() == 1
                ? store(listing.iterator().next(), ping, body.json(), sent)
                : refuse(Refusal.NO_ACCOUNT, noAccount(ping, sent.key(), listing), sent);
    }

    private static String noAccount(Ping ping, WriteKey writeKey, Set<String> listing) {
        String instance = Fields.shown(ping.instance());
        String nobody = writeKey.speaksForEveryAccount() ? "no account" : "no account that the write key is for";
        return listing.isEmpty()
                ? "account: " + nobody + " lists the instance " + instance
                        + " (expected: add it to the instances of its account, or name the account in the ping)"
                : "account: the instance " + instance + " is listed by " + listing.size()
                        + " accounts (expected: one; or name the account in the ping)";
    }

    private CompletionStage<Optional<String>> store(String account, Ping ping, ObjectNode json, Sent sent) {
        Instant at = SentTime.corrected(ping.at(), ping.sentAt(), sent.receivedAt(), config.clockTolerance());
        try {
            Fields.corrected("at", at);
        } catch (UnusableException e) {
            return refuse(Refusal.UNUSABLE, e.reason(), sent);
        }
        boolean said = ping.production() == null || ping.production();
        UsagePing usage = new UsagePing(
                account,
                ping.instance(),
                accounts.isProduction(account, ping.instance()).orElse(said),
                ping.version(),
                at,
                sent.now(),
                ping.activeUsers(),
                ping.features(),
                json.remove(config.droppedPingMembers()));
        String id = Ids.ofPing(account, ping.instance(), at.toString(), sent.bytes());
        return counting(
                        log.append(
                                List.of(Event.of(
                                        id,
                                        EventType.USAGE_PING,
                                        Source.of(sent.source()),
                                        account,
                                        sent.now(),
                                        null,
                                        usage)),
                                List.of()),
                        1,
                        0)
                .thenApply(stored -> updateNotice.newerThan(ping.product(), ping.version()));
    }

    private CompletionStage<Optional<String>> refuse(Refusal refusal, String reason, Sent sent) {
        String account = sent.key().account();
        ByteBuffer kept = WriteKey.blotted(sent.bytes());
        Rejected rejected = new Rejected(
                Ids.ofRejected(sent.source(), account, sent.key().id(), null, null, kept),
                account,
                sent.key().id(),
                sent.source(),
                reason,
                sent.receivedAt(),
                sent.now(),
                null,
                null,
                kept);
        return counting(log.append(List.of(), List.of(rejected)), 0, 1).thenApply(stored -> {
            throw new RefusedException(refusal, reason);
        });
    }

    private CompletionStage<Void> counting(CompletionStage<Void> stored, int recorded, int rejected) {
        return stored.whenComplete((done, failure) -> {
            if (failure == null) {
                counters.stored(Kind.PING, recorded, 0, rejected, 0);
            } else {
                counters.unconfirmed(Kind.PING, recorded + rejected);
            }
        });
    }
}
