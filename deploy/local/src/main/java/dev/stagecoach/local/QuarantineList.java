package dev.stagecoach.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.quarantine.PieceGroup;
import dev.stagecoach.local.quarantine.Quarantine;
import dev.stagecoach.local.quarantine.RejectedPiece;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stagecoach quarantine list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what usage-ingest rejected and nobody has fed back since, by reason and source. With --reason, every single piece as it was"
                    + " sent, personal data included."
        })
final class QuarantineList implements Callable<Integer> {

    @Mixin
    private QuarantinePlace place;

    @Mixin
    private QuarantineSelection selection;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    private final Terminal terminal;

    QuarantineList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var quarantine = place.open()) {
            var pieces = quarantine.open(selection.get());
            if (selection.namesAReason()) {
                showPieces(quarantine, pieces);
            } else {
                showGroups(PieceGroup.of(pieces), pieces.size());
            }
            return 0;
        }
    }

    private void showGroups(List<PieceGroup> groups, int pieces) {
        if (json) {
            var all = EventCodec.json().createObjectNode().put("open", pieces);
            all.set("groups", EventCodec.json().valueToTree(groups));
            terminal.line(all.toPrettyString());
            return;
        }
        RejectedText.groups(groups).forEach(terminal::line);
        if (pieces > 0) {
            terminal.line("");
            terminal.line("'list --reason TEXT' shows single pieces, 'replay' feeds them back after a fix.");
        }
    }

    private void showPieces(Quarantine quarantine, List<RejectedPiece> pieces) {
        if (json) {
            var all = EventCodec.json().createObjectNode();
            var array = all.putArray("pieces");
            quarantine.bytesOf(pieces, (piece, bytes) -> array.add(asJson(piece, bytes)));
            terminal.line(all.toPrettyString());
            return;
        }
        if (pieces.isEmpty()) {
            terminal.line("Nothing that was rejected for such a reason is open.");
            return;
        }
        terminal.line("As they were sent: there may be personal data in them.");
        quarantine.bytesOf(
                pieces, (piece, bytes) -> RejectedText.piece(piece, bytes).forEach(terminal::line));
    }

    private static ObjectNode asJson(RejectedPiece piece, byte[] bytes) {
        ObjectNode object = EventCodec.json().valueToTree(piece);
        object.remove("whole");
        return object.put("bytes", new String(bytes, StandardCharsets.UTF_8));
    }
}
