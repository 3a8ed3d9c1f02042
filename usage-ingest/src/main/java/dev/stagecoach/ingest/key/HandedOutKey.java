package dev.stagecoach.ingest.key;

import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.events.WriteKeySecret;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A key that was handed out, and the hashes by which its text is recognised. */
public final class HandedOutKey {
    /** What is looked at when there is no such key, so that the answer takes as long. No text has this hash. */
    private static final HandedOutKey NONE = new HandedOutKey(null, List.of());

    private static final List<Secret> NOTHING = List.of(new Secret(new byte[32], null));

    private final @Nullable WriteKey key;
    private final List<Secret> secrets;

    private HandedOutKey(@Nullable WriteKey key, List<Secret> secrets) {
        this.key = key;
        this.secrets = secrets;
    }

    /** As it was told. */
    public static HandedOutKey of(WriteKeyFacts facts, Portfolio portfolio) {
        WriteKey key = new WriteKey(facts.id(), scope(facts.scope(), portfolio), facts.eventsPerSecond());
        return new HandedOutKey(
                key,
                facts.revokedAt() != null
                        ? List.of()
                        : facts.secrets().stream().map(Secret::of).toList());
    }

    private static KeyScope scope(WriteKeyScope scope, Portfolio portfolio) {
        return scope.product() != null
                ? new KeyScope.AccountsOfProduct(scope.product(), portfolio)
                : new KeyScope.NamedAccounts(Set.copyOf(scope.accounts()));
    }

    /** Whom it speaks for, or did while it was good. */
    Optional<WriteKey> key() {
        return Optional.ofNullable(key);
    }

    /** Whether it has no text any more, or none yet. */
    public boolean isRevoked() {
        return secrets.isEmpty();
    }

    /** Whether it takes the facts of accounts to say for whom it speaks. */
    public boolean isForAProduct() {
        return key != null && key.scope() instanceof KeyScope.AccountsOfProduct;
    }

    /**
     * The key, when this is the hash of a text of it that is good now. Takes as long for a hash that is nearly right as for any other, and
     * for a key that there is not.
     *
     * @param now asked only when the text ends at some time
     */
    static Optional<WriteKey> recognised(Optional<HandedOutKey> found, byte[] hash, Supplier<Instant> now) {
        HandedOutKey candidate = found.orElse(NONE);
        boolean isGood = false;
        for (Secret secret : candidate.secrets.isEmpty() ? NOTHING : candidate.secrets) {
            isGood |= MessageDigest.isEqual(secret.hash, hash) && secret.isGood(now);
        }
        return isGood ? Optional.ofNullable(candidate.key) : Optional.empty();
    }

    private static final class Secret {
        private final byte[] hash;
        private final @Nullable Instant until;

        Secret(byte[] hash, @Nullable Instant until) {
            this.hash = hash;
            this.until = until;
        }

        static Secret of(WriteKeySecret told) {
            return new Secret(HexFormat.of().parseHex(told.sha256()), told.until());
        }

        boolean isGood(Supplier<Instant> now) {
            return until == null || now.get().isBefore(until);
        }
    }
}
