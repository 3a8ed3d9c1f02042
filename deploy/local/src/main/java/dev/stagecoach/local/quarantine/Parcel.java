package dev.stagecoach.local.quarantine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pieces that go in one request, since all that a request says of its events is the same for them. */
final class Parcel {

    /** Small enough for any limit of usage-ingest, and that an interrupted replay has little to do twice. */
    private static final int MOST_PIECES = 200;

    private static final int MOST_BYTES = 1 << 20;

    private static final Set<String> BATCHES = Set.of("/v1/batch", "/v1/import");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)+");

    private final Head head;
    private final List<RejectedPiece> pieces = new ArrayList<>();
    private final List<byte[]> bytes = new ArrayList<>();
    private int size;

    /** What is said of all of them. */
    record Head(
            String source,
            @Nullable String account,
            @Nullable String keyId,
            Instant receivedAt,
            @Nullable String sentAt,
            @Nullable String groupId) {

        static Head of(RejectedPiece piece) {
            return new Head(
                    piece.source(),
                    piece.account(),
                    piece.keyId(),
                    piece.receivedAt(),
                    piece.sentAt(),
                    piece.groupId());
        }

        boolean isBatch() {
            return BATCHES.contains(source);
        }

        /** Whether it is a path of usage-ingest, and nothing that leads elsewhere. */
        boolean isPath() {
            return PATH.matcher(source).matches();
        }
    }

    Parcel(Head head) {
        this.head = head;
    }

    void add(RejectedPiece piece, byte[] itsBytes) {
        pieces.add(piece);
        bytes.add(itsBytes);
        size += itsBytes.length;
    }

    boolean isFull() {
        return !head.isBatch() || pieces.size() >= MOST_PIECES || size >= MOST_BYTES;
    }

    Head head() {
        return head;
    }

    List<RejectedPiece> pieces() {
        return pieces;
    }

    List<byte[]> bytes() {
        return bytes;
    }
}
