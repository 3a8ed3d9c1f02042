package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Readiness;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceProcess;
import dev.stagecoach.local.process.ServiceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One more process of a service beside that of a stack, without a name of its own there. */
final class Replica implements AutoCloseable {

    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private static final Pattern APPLIED =
            Pattern.compile("^stagecoach_consumer_records_applied_total(?:\\{.*})? (.+)$", Pattern.MULTILINE);

    private final LocalStack local;
    private final Service service;
    private final String name;
    private final int port;
    private @Nullable ServiceProcess process;

    /** @param name for its log */
    Replica(LocalStack local, Service service, String name) {
        this.local = local;
        this.service = service;
        this.name = name;
        this.port = OwnPorts.next();
    }

    /** Starts it, and returns when it is ready. */
    void start() {
        var settings = ServiceSettings.of(service, port, true, local.stack().platform());
        settings.keySet().removeIf(setting -> setting.endsWith(".replica"));
        var log = local.stack().log(service).resolveSibling(name + ".log");
        process = ServiceProcess.start(
                service,
                service.jar(LocalStack.HOME),
                JVM_OPTIONS,
                settings,
                log,
                local.state().processes());
        Readiness.await(service, address(), log, this::requireAlive);
    }

    private void requireAlive() {
        if (!running().isAlive()) {
            throw new Complaint("The " + name + " replica has ended unexpectedly.");
        }
    }

    /** How many records it has applied since it was started. */
    double applied() {
        try {
            var metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address().resolve("/q/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return APPLIED.matcher(metrics)
                    .results()
                    .mapToDouble(found -> Double.parseDouble(found.group(1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as a crash would. */
    void kill() {
        running().kill();
        process = null;
    }

    /** Asks it to end, and waits until it has. */
    void stop() {
        running().stopping().run();
        process = null;
    }

    /** Lets it do nothing any more, without its knowing. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int exitCode = new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(running().process().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("kill -" + signal + " ended with " + exitCode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private ServiceProcess running() {
        return Objects.requireNonNull(process, name + " does not run");
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
