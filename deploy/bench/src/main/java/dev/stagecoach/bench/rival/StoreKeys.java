package dev.stagecoach.bench.rival;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the two stores: {@code account 0 user}, and {@code account 0 kind day feature}, where the day has four bytes. No id has
 * the byte 0, so that an account's keys lie together.
 */
final class StoreKeys {

    static final byte DAY_USERS = 'd';
    static final byte MONTH_USERS = 'm';
    static final byte DAY_FEATURE = 'f';

    private StoreKeys() {}

    static byte[] prefix(byte[] account) {
        var key = new byte[account.length + 1];
        System.arraycopy(account, 0, key, 0, account.length);
        return key;
    }

    static Bytes user(byte[] prefix, String user) {
        var name = user.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + name.length)
                .put(prefix)
                .put(name)
                .array());
    }

    static Bytes count(byte[] prefix, byte kind, int day, String feature) {
        var name = feature.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + 1 + Integer.BYTES + name.length)
                .put(prefix)
                .put(kind)
                .putInt(day)
                .put(name)
                .array());
    }

    /** What follows the account and the 0. */
    static ByteBuffer rest(Bytes key) {
        var all = ByteBuffer.wrap(key.get());
        while (all.get() != 0) {
            // The account.
        }
        return all.slice();
    }

    static String account(Bytes key) {
        var bytes = key.get();
        int end = 0;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
