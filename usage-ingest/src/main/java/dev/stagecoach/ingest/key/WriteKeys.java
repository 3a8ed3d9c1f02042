package dev.stagecoach.ingest.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys with which usage may be sent: those of the settings, and those that were handed out. For many threads; a request costs a hash of
 * the key and a look into a map.
 *
 * <p>Only hashes are kept, and they are compared in constant time. They are of SHA-256, which is fast: handed out keys have 190 bits of
 * chance, which nobody tries out, and those of the settings are as good as who chose them.
 */
public final class WriteKeys {
    /** In the configuration, what stands for every account. */
    public static final String EVERY_ACCOUNT = "*";

    private static final String PREFIX = "sc_";
    private static final int ID_END = PREFIX.length() + 10;
    private static final int HANDED_OUT_LENGTH = ID_END + 1 + 32;

    /** Of the hash of a key of the settings, in its id. */
    private static final int SHOWN_BYTES = 4;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(WriteKeys::newDigest);

    /** By the beginning of the hash, which finds the one whose hash is compared. */
    private final Map<Long, OfSettings> ofSettings;

    private final int longest;
    private final HandedOutKeys handedOut;
    private final Supplier<Instant> now;

    /**
     * Those of the settings alone.
     *
     * @param accounts account id, or {@value #EVERY_ACCOUNT}, by key
     */
    public WriteKeys(Map<String, String> accounts) {
        this(accounts, HandedOutKeys.NONE, () -> Instant.EPOCH);
    }

    /**
     * @param accounts account id, or {@value #EVERY_ACCOUNT}, by key: those of the settings
     * @param now the time of receipt, by which the older texts of a rotated key end
     */
    public WriteKeys(Map<String, String> accounts, HandedOutKeys handedOut, Supplier<Instant> now) {
        this.ofSettings = accounts.entrySet().stream()
                .map(entry -> OfSettings.of(entry.getKey(), entry.getValue()))
                .collect(toUnmodifiableMap(one -> place(one.hash), one -> one));
        this.longest = accounts.keySet().stream().mapToInt(String::length).reduce(HANDED_OUT_LENGTH, Math::max);
        this.handedOut = handedOut;
        this.now = now;
    }

    /** Empty for a key that is missing, unknown, revoked or rotated away. Fails while {@link HandedOutKeys} cannot say. */
    public Optional<WriteKey> find(@Nullable String key) {
        if (key == null || key.length() > longest) {
            return Optional.empty();
        }
        byte[] hash = sha256(key);
        OfSettings own = ofSettings.get(place(hash));
        if (own != null && MessageDigest.isEqual(own.hash, hash)) {
            return Optional.of(own.key);
        }
        return hasTheFormOfOneHandedOut(key)
                ? HandedOutKey.recognised(handedOut.withId(key.substring(PREFIX.length(), ID_END)), hash, now)
                : Optional.empty();
    }

    /** The key of this id, be it good or not; empty when there is none. Fails while {@link HandedOutKeys} cannot say. */
    public Optional<WriteKey> withId(String id) {
        return ofSettings.values().stream()
                .map(own -> own.key)
                .filter(key -> key.id().equals(id))
                .findFirst()
                .or(() -> handedOut.withId(id).flatMap(HandedOutKey::key));
    }

    private static boolean hasTheFormOfOneHandedOut(String key) {
        return key.length() == HANDED_OUT_LENGTH && key.startsWith(PREFIX) && key.charAt(ID_END) == '_';
    }

    private static long place(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    private static byte[] sha256(String key) {
        return SHA_256.get().digest(key.getBytes(UTF_8));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A key of the settings. */
    private static final class OfSettings {
        private final byte[] hash;
        private final WriteKey key;

        private OfSettings(byte[] hash, WriteKey key) {
            this.hash = hash;
            this.key = key;
        }

        static OfSettings of(String text, String account) {
            byte[] hash = sha256(text);
            KeyScope scope = account.equals(EVERY_ACCOUNT)
                    ? new KeyScope.EveryAccount()
                    : new KeyScope.NamedAccounts(Set.of(account));
            // 32 bits of 256: the same at each start, and far too few to find a key by.
            String id = "settings-" + HexFormat.of().formatHex(hash, hash.length - SHOWN_BYTES, hash.length);
            return new OfSettings(hash, new WriteKey(id, scope, null));
        }
    }
}
