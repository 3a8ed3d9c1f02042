package dev.stagecoach.ingest;

import dev.stagecoach.events.DecisionId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Ids for usage whose sender gave none, from its content: sent again, it is the same. */
final class Ids {
    private Ids() {}

    static String ofPing(String account, String instance, String at, ByteBuffer body) {
        return DecisionId.of("usage-ping", account, instance, at, digest(body));
    }

    static String ofRejected(
            String source,
            @Nullable String account,
            String keyId,
            @Nullable String sentAt,
            @Nullable String groupId,
            ByteBuffer bytes) {
        return DecisionId.of(
                "usage-rejected",
                source,
                String.valueOf(account),
                keyId,
                String.valueOf(sentAt),
                String.valueOf(groupId),
                digest(bytes));
    }

    private static String digest(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
