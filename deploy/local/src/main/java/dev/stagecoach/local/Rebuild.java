package dev.stagecoach.local;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stagecoach rebuild}. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Makes lifecycle-service's counts and journeys anew from the topics, in data that 'up --keep' has kept, and compares them"
                    + " with those before. What was decided stays as it was, and nothing is told twice. Exit code 0 if all is the"
                    + " same, 1 if not."
        })
final class Rebuild implements Callable<Integer> {

    @Mixin
    private final PortOffset portOffset = new PortOffset();

    private final Path home;
    private final Path directory;
    private final Terminal terminal;

    /**
     * @param home the checkout whose services run
     * @param directory where the stack keeps its things
     */
    Rebuild(Path home, Path directory, Terminal terminal) {
        this.home = home;
        this.directory = directory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var state = StateDirectory.open(directory)) {
            if (!Files.isDirectory(state.data(true))) {
                throw new Complaint("There is no kept data in " + state + ": './stagecoach up --keep' keeps it.");
            }
            Memory.requireEnough(Size.SMALLEST);
            // Time stands still, so that what is compared is of the same time.
            var options = new StackOptions(home, directory, portOffset.ports(), true, true);
            terminal.line("Starting Kafka, PostgreSQL, mail and four services; logs are in " + state.logs());
            try (var stack = Stack.start(options, state)) {
                return new LifecycleRebuild(stack, terminal::line).run() ? 0 : 1;
            }
        }
    }
}
