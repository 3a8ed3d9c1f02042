package dev.stagecoach.local;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;

/** A stack for tests: the packaged services of this checkout, on free ports, in a directory of the test's. */
record LocalStack(StateDirectory state, Stack stack) implements AutoCloseable {

    /** The checkout. Tests run in their module's directory. */
    static final Path HOME = Path.of(System.getProperty("stagecoach.home", "../.."))
            .toAbsolutePath()
            .normalize();

    static LocalStack start(Path directory) {
        return start(directory, Size.SMALLEST);
    }

    static LocalStack start(Path directory, Size size) {
        var state = StateDirectory.open(directory);
        try {
            return new LocalStack(
                    state,
                    Stack.start(new StackOptions(HOME, directory, OwnPorts.ofAStack(size), false, true, size), state));
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    static Portfolio wholeSample() {
        return Portfolio.ofSize(Portfolio.stories());
    }

    @Override
    public void close() {
        stack.close();
        state.close();
    }
}
