package dev.stagecoach.ingest.key;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys with which usage may be sent. */
public final class WriteKeys {
    /** In the configuration, what stands for every account. */
    public static final String EVERY_ACCOUNT = "*";

    private final Map<String, WriteKey> keys;

    /** @param accounts account id, or {@value #EVERY_ACCOUNT}, by key */
    public WriteKeys(Map<String, String> accounts) {
        keys = accounts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> keyOf(entry.getValue())));
    }

    private static WriteKey keyOf(String account) {
        return account.equals(EVERY_ACCOUNT) ? WriteKey.OF_EVERY_ACCOUNT : new WriteKey(account);
    }

    /** Empty for a key that is missing or unknown. */
    public Optional<WriteKey> find(@Nullable String key) {
        return key == null ? Optional.empty() : Optional.ofNullable(keys.get(key));
    }
}
