package dev.stagecoach.local;

import dev.stagecoach.local.quarantine.PieceGroup;
import dev.stagecoach.local.quarantine.RejectedPiece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rejected usage as a terminal shows it. What senders wrote is not to steer the terminal. */
final class RejectedText {

    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cc}|\\p{Cf}");

    private RejectedText() {}

    static List<String> groups(List<PieceGroup> groups) {
        if (groups.isEmpty()) {
            return List.of("Nothing is open.");
        }
        var lines = new ArrayList<String>();
        lines.add("%8s  %-20s  %-20s  %-13s  %s"
                .formatted("pieces", "first received", "last received", "path", "reason"));
        for (var group : groups) {
            lines.add("%8d  %.19sZ  %.19sZ  %-13s  %s"
                    .formatted(
                            group.pieces(),
                            group.first(),
                            group.last(),
                            printable(group.source()),
                            printable(group.reason())));
            lines.add("%8s  for example %s".formatted("", printable(group.example())));
        }
        return lines;
    }

    static List<String> piece(RejectedPiece piece, byte[] bytes) {
        return List.of(
                "",
                "%s  %s  %s  account %s%s"
                        .formatted(
                                piece.receivedAt(),
                                printable(piece.source()),
                                printable(piece.id()),
                                piece.account() == null ? "unknown" : printable(piece.account()),
                                piece.times() == 1 ? "" : ", rejected " + piece.times() + " times"),
                "  " + printable(piece.reason()),
                "  " + printable(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}
