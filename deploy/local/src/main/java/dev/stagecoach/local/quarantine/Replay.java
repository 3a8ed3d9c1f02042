package dev.stagecoach.local.quarantine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feeds rejected usage back, each piece on the path, for the account and with the time of its first receipt. What was taken is written
 * down request by request, so that a replay that is interrupted goes on where it was.
 */
public final class Replay {

    private static final ObjectReader JSON =
            EventCodec.json().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Quarantine quarantine;
    private final Ingest ingest;
    private final Clock clock;

    private final List<RejectedPiece> rejectedAgain = new ArrayList<>();
    private final List<RejectedPiece> notSent = new ArrayList<>();
    private int taken;
    private @Nullable Parcel parcel;

    /** @param clock says when something was taken */
    public Replay(Quarantine quarantine, Ingest ingest, Clock clock) {
        this.quarantine = quarantine;
        this.ingest = ingest;
        this.clock = clock;
    }

    /**
     * What became of it.
     *
     * @param taken how many pieces usage-ingest took
     * @param rejectedAgain those that it did not take, with its reason now
     * @param notSent those that cannot be sent again, as not all of them is there
     */
    public record Result(int taken, List<RejectedPiece> rejectedAgain, List<RejectedPiece> notSent) {

        /** Whether nothing is left of it. */
        public boolean isComplete() {
            return rejectedAgain.isEmpty() && notSent.isEmpty();
        }
    }

    /** Sends them. Call it once. */
    public Result run(List<RejectedPiece> pieces) {
        quarantine.bytesOf(pieces, this::add);
        send();
        return new Result(taken, List.copyOf(rejectedAgain), List.copyOf(notSent));
    }

    private void add(RejectedPiece piece, byte[] bytes) {
        var head = Parcel.Head.of(piece);
        if (!piece.isWhole() || !head.isPath() || !isJson(bytes)) {
            notSent.add(piece);
            return;
        }
        if (parcel != null && !parcel.head().equals(head)) {
            send();
        }
        if (parcel == null) {
            parcel = new Parcel(head);
        }
        parcel.add(piece, bytes);
        if (parcel.isFull()) {
            send();
        }
    }

    /** What is none would spoil the batch that it is put in. */
    private static boolean isJson(byte[] bytes) {
        try {
            return !JSON.readTree(bytes).isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }

    private void send() {
        var sending = parcel;
        parcel = null;
        if (sending == null) {
            return;
        }
        var answer = ingest.send(sending);
        var done = new ArrayList<RejectedPiece>();
        for (int i = 0; i < answer.pieces(); i++) {
            var piece = sending.pieces().get(i);
            var reason = answer.reason(i);
            if (reason == null) {
                done.add(piece);
            } else {
                rejectedAgain.add(piece.rejectedFor(reason));
            }
        }
        quarantine.taken(done, clock.instant());
        taken += done.size();
    }
}
