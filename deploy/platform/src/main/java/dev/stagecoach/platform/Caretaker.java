package dev.stagecoach.platform;

import java.io.IOException;
import java.util.List;

/**
 * A small process that outlives this one by a moment: when this JVM dies without having closed its platform, it stops
 * PostgreSQL, which is nobody's child, and deletes a directory that is not to be kept.
 */
final class Caretaker implements AutoCloseable {

    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** Whatever ends the others is what it is there for. */
    private static final String IGNORED_SIGNALS = "HUP INT TERM";

    private final Process process;

    private Caretaker(Process process) {
        this.process = process;
    }

    static Caretaker start(PlatformOptions options) {
        try {
            return new Caretaker(ChildJvm.start(
                    CaretakerMain.class,
                    IGNORED_SIGNALS,
                    Logs.file(options, "caretaker.log"),
                    JVM_OPTIONS,
                    options.directory().toString(),
                    PostgresProcess.dataDirectory(options).toString(),
                    Boolean.toString(options.deleteOnClose())));
        } catch (IOException e) {
            throw new PlatformException("The caretaker did not start.", e);
        }
    }

    /** Relieves it: nothing is left to take care of. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
