package dev.stagecoach.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a main class of this class path in a JVM of its own, which can tell by the end of its stdin that we died. */
final class ChildJvm {

    private ChildJvm() {}

    /**
     * Starts it in the background.
     *
     * @param ignoredSignals signals that reach all processes of a terminal or group at once, and that this one shall not
     *     heed, so that the stack stops in order
     * @param log gets the child's stderr, appended
     * @return the process; the caller holds its stdin open for as long as the child shall live
     */
    static Process start(Class<?> main, String ignoredSignals, Path log, List<String> jvmOptions, String... arguments)
            throws IOException {
        // A JVM leaves a signal ignored that it finds ignored.
        var command = new ArrayList<>(List.of("sh", "-c", "trap '' " + ignoredSignals + "; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // By the environment, because it is too long to read in a list of processes. Surefire's jar that is only a
        // manifest works too: the launcher follows its Class-Path.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }
}
