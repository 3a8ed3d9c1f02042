package dev.stagecoach.local.quarantine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Pieces of one source that were rejected alike.
 *
 * @param reason what their reasons have in common
 * @param first when the first of them came
 * @param last when the last of them came
 * @param example the id of that one
 */
public record PieceGroup(String reason, String source, int pieces, Instant first, Instant last, String example) {

    /** The largest first. */
    public static List<PieceGroup> of(List<RejectedPiece> pieces) {
        record Kind(String reason, String source) {}
        var kinds = new LinkedHashMap<Kind, List<RejectedPiece>>();
        for (var piece : pieces) {
            kinds.computeIfAbsent(new Kind(piece.pattern(), piece.source()), kind -> new ArrayList<>())
                    .add(piece);
        }
        return kinds.entrySet().stream()
                .map(entry -> of(entry.getKey().reason(), entry.getKey().source(), entry.getValue()))
                .sorted(Comparator.comparingInt(PieceGroup::pieces)
                        .reversed()
                        .thenComparing(PieceGroup::reason)
                        .thenComparing(PieceGroup::source))
                .toList();
    }

    private static PieceGroup of(String reason, String source, List<RejectedPiece> pieces) {
        var byTime = pieces.stream()
                .sorted(Comparator.comparing(RejectedPiece::receivedAt))
                .toList();
        var last = byTime.get(byTime.size() - 1);
        return new PieceGroup(reason, source, pieces.size(), byTime.get(0).receivedAt(), last.receivedAt(), last.id());
    }
}
