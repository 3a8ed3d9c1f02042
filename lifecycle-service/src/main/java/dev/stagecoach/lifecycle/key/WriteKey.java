package dev.stagecoach.lifecycle.key;

import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.events.WriteKeySecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A write key: what usage-ingest has to know of it, and what was done to it, the first first.
 *
 * @param changes at least its creation
 */
public record WriteKey(WriteKeyFacts facts, List<WriteKeyChange> changes) {
    /** So many texts of a key may be good at once, the newest included: each is looked at with every request. */
    public static final int MOST_SECRETS = 5;

    public WriteKey {
        changes = List.copyOf(changes);
    }

    public static WriteKey created(
            WriteKeyText text,
            String name,
            WriteKeyScope scope,
            @Nullable Integer eventsPerSecond,
            WriteKeyChange.By by) {
        WriteKeySecret secret = new WriteKeySecret(text.sha256(), null);
        WriteKeyFacts facts = new WriteKeyFacts(text.id(), name, scope, List.of(secret), eventsPerSecond, null);
        return new WriteKey(facts, List.of(by.did(WriteKeyChange.Act.CREATED)));
    }

    public boolean isRevoked() {
        return facts.revokedAt() != null;
    }

    public Instant changedAt() {
        return changes.get(changes.size() - 1).at();
    }

    /** When the last of the texts before the newest ends; empty when there is none. */
    public Optional<Instant> olderGoodUntil() {
        return facts.secrets().stream()
                .flatMap(secret -> Stream.ofNullable(secret.until()))
                .max(Instant::compareTo);
    }

    /** Whether another text would be one too many as long as those before it are good. */
    public boolean hasRoomAt(Instant now) {
        return goodAt(now).count() < MOST_SECRETS;
    }

    /**
     * Gives it a new text.
     *
     * @param grace how long those before it stay good, at most: one that ends sooner still does, and with none all end now
     */
    public WriteKey rotated(WriteKeyText text, Duration grace, WriteKeyChange.By by) {
        Instant end = by.at().plus(grace);
        List<WriteKeySecret> secrets = new ArrayList<>();
        if (!grace.isZero()) {
            goodAt(by.at()).map(secret -> endingBy(end, secret)).forEach(secrets::add);
        }
        secrets.add(new WriteKeySecret(text.sha256(), null));
        return changed(secrets, facts.revokedAt(), by.did(WriteKeyChange.Act.ROTATED));
    }

    /** Ends it at once and for good; its hashes are kept no longer. */
    public WriteKey revoked(WriteKeyChange.By by) {
        return changed(List.of(), by.at(), by.did(WriteKeyChange.Act.REVOKED));
    }

    private Stream<WriteKeySecret> goodAt(Instant time) {
        return facts.secrets().stream().filter(secret -> secret.isGoodAt(time));
    }

    private static WriteKeySecret endingBy(Instant end, WriteKeySecret secret) {
        return secret.isGoodAt(end) ? new WriteKeySecret(secret.sha256(), end) : secret;
    }

    private WriteKey changed(List<WriteKeySecret> secrets, @Nullable Instant revokedAt, WriteKeyChange change) {
        WriteKeyFacts now =
                new WriteKeyFacts(facts.id(), facts.name(), facts.scope(), secrets, facts.eventsPerSecond(), revokedAt);
        return new WriteKey(
                now, Stream.concat(changes.stream(), Stream.of(change)).toList());
    }
}
