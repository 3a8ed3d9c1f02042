package dev.stagecoach.local;

import dev.stagecoach.local.quarantine.Selection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rejected pieces are meant. */
final class QuarantineSelection {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Only what was rejected with this in its reason.")
    private @Nullable String reason;

    @Option(names = "--account", paramLabel = "ID", description = "Only what came for this account.")
    private @Nullable String account;

    @Option(names = "--source", paramLabel = "PATH", description = "Only what came on this path, such as /v1/batch.")
    private @Nullable String source;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what came first at this time or later, such as 2026-02-03T10:15:30Z.")
    private @Nullable Instant since;

    Selection get() {
        return new Selection(reason, account, source, since);
    }

    /** Whether single pieces are asked for, and not what there is. */
    boolean namesAReason() {
        return reason != null;
    }
}
