package dev.stagecoach.local;

import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.quarantine.Ingest;
import dev.stagecoach.local.quarantine.PieceGroup;
import dev.stagecoach.local.quarantine.Quarantine;
import dev.stagecoach.local.quarantine.RejectedPiece;
import dev.stagecoach.local.quarantine.Replay;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stagecoach quarantine replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends what is open to usage-ingest again, with the time of its first receipt and for the account for which it came, and says what"
                    + " was taken and what was rejected again. What was taken is not open any more; replaying twice counts nothing twice."
                    + " Exit code 0 if all was taken, 1 if not."
        })
final class QuarantineReplay implements Callable<Integer> {

    @Mixin
    private QuarantinePlace place;

    @Mixin
    private QuarantineSelection selection;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = {
                "A write key that speaks for every account; better in the environment variable STAGECOACH_WRITE_KEY. '"
                        + ServiceSettings.TOKEN + "', that of the local stack, when neither is given."
            },
            defaultValue = "${env:STAGECOACH_WRITE_KEY:-" + ServiceSettings.TOKEN + "}",
            showDefaultValue = Visibility.NEVER)
    private String key;

    @Option(names = "--dry-run", description = "Only show what would be sent.")
    private boolean dryRun;

    private final Terminal terminal;

    QuarantineReplay(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var ingest = new Ingest(place.ingest(), key);
        try (var quarantine = place.open()) {
            var pieces = quarantine.open(selection.get());
            RejectedText.groups(PieceGroup.of(pieces)).forEach(terminal::line);
            if (dryRun || pieces.isEmpty()) {
                return 0;
            }
            return replay(quarantine, ingest, pieces) ? 0 : 1;
        }
    }

    private boolean replay(Quarantine quarantine, Ingest ingest, List<RejectedPiece> pieces) {
        var result = new Replay(quarantine, ingest, Clock.systemUTC()).run(pieces);
        terminal.line("");
        terminal.line("Taken: %d of %d.".formatted(result.taken(), pieces.size()));
        if (!result.rejectedAgain().isEmpty()) {
            terminal.line("Rejected again, now because of:");
            RejectedText.groups(PieceGroup.of(result.rejectedAgain())).forEach(terminal::line);
        }
        if (!result.notSent().isEmpty()) {
            terminal.line("Not sent, since not all of it was kept or it is no JSON; the sender has to send it again:");
            RejectedText.groups(PieceGroup.of(result.notSent())).forEach(terminal::line);
        }
        return result.isComplete();
    }
}
