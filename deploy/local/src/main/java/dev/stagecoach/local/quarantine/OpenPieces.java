package dev.stagecoach.local.quarantine;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What of the quarantine's records is open: rejected, and not taken since. Their order does not matter. */
final class OpenPieces {

    private final Map<String, RejectedPiece> rejected = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    void note(ConsumerRecord<String, ?> told) {
        if (EventHeaders.TYPE.is(told.headers(), EventType.USAGE_REJECTED)) {
            var piece = RejectedPiece.in(told);
            rejected.merge(piece.id(), piece, RejectedPiece::and);
        } else if (EventHeaders.TYPE.is(told.headers(), EventType.USAGE_REPLAYED)) {
            EventHeaders.CAUSATION_ID.read(told.headers()).ifPresent(taken::add);
        }
    }

    /** Those that came first are first. */
    List<RejectedPiece> open() {
        return rejected.values().stream()
                .filter(piece -> !taken.contains(piece.id()))
                .sorted(Comparator.comparing(RejectedPiece::receivedAt).thenComparing(RejectedPiece::id))
                .toList();
    }
}
