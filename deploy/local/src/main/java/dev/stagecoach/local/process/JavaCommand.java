package dev.stagecoach.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How children that are JVMs are started. */
public final class JavaCommand {

    private JavaCommand() {}

    /**
     * The beginning of a command. Ctrl-C reaches all processes of a terminal at once; the child ignores it, and the end of the terminal too, so that the stack can
     * stop in order.
     */
    public static List<String> withoutInterrupt(List<String> jvmOptions) {
        var command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        return command;
    }
}
