package dev.stagecoach.local;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of every command that starts a stack: where its ports are. */
final class PortOffset {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private int offset;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Move all ports by this number.",
            defaultValue = "0")
    void moveBy(int number) {
        if (number < 0 || number > Ports.HIGHEST_OFFSET) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--port-offset: " + number + " (expected: 0 to " + Ports.HIGHEST_OFFSET + ")");
        }
        offset = number;
    }

    Ports ports() {
        return Ports.movedBy(offset);
    }

    @Override
    public String toString() {
        return Integer.toString(offset);
    }
}
