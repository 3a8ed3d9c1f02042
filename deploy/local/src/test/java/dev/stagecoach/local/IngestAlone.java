package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Readiness;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceProcess;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.platform.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** usage-ingest in a process of its own, without the other services. */
final class IngestAlone {
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final int port = OwnPorts.next();

    String address() {
        return "http://127.0.0.1:" + port;
    }

    Path log(StateDirectory state) {
        return state.logs().resolve("usage-ingest.log");
    }

    /** Starts it, again if you like, and returns when it is ready. */
    ServiceProcess start(StateDirectory state, Platform platform, Map<String, String> more) {
        var settings = ServiceSettings.of(Service.INGEST, port, false, platform);
        settings.putAll(more);
        var process = ServiceProcess.start(
                Service.INGEST.toString(),
                Service.INGEST.jar(LocalStack.HOME),
                JVM_OPTIONS,
                settings,
                log(state),
                state.processes());
        Readiness.await(Service.INGEST.toString(), URI.create(address()), log(state), () -> {
            if (!process.isAlive()) {
                throw new Complaint("usage-ingest has ended unexpectedly; its log is " + log(state) + ".");
            }
        });
        return process;
    }
}
