package dev.stagecoach.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.bench.load.LoadMain;
import dev.stagecoach.bench.load.Tally;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.ServiceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link LoadMain} as a process of its own. */
final class LoadProcess implements AutoCloseable {

    private static final String LOG = "load";
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dio.netty.leakDetection.level=disabled");

    private final Bed bed;
    private final Process process;
    private final BufferedReader answers;
    private final Writer phases;

    private LoadProcess(Bed bed, Process process) {
        this.bed = bed;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.phases = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    }

    /**
     * Starts it.
     *
     * @param events a file with one event a line
     * @param seed of the ids of events: another one for every process, or there are duplicates
     */
    static LoadProcess start(Bed bed, URI service, Path events, int eventsPerRequest, int connections, long seed) {
        return new LoadProcess(
                bed,
                bed.java(
                        JVM_OPTIONS,
                        LoadMain.class.getName(),
                        List.of(
                                service.toString(),
                                ServiceSettings.TOKEN,
                                events.toString(),
                                Integer.toString(eventsPerRequest),
                                Integer.toString(connections),
                                Long.toString(seed)),
                        LOG));
    }

    /** Each connection sends its next request when the last one is answered. */
    Tally closed(int seconds) {
        return run("closed " + seconds);
    }

    /** Requests are sent when their time has come, whether others are answered or not. */
    Tally open(int seconds, double requestsPerSecond) {
        return run("open " + seconds + " " + requestsPerSecond);
    }

    private Tally run(String phase) {
        try {
            phases.write(phase + "\n");
            phases.flush();
            var answer = answers.readLine();
            if (answer == null) {
                throw failed();
            }
            return EventCodec.json().readValue(answer, Tally.class);
        } catch (IOException e) {
            throw new Complaint("The load generator does not answer: " + e.getMessage() + ".", e);
        }
    }

    private Complaint failed() {
        return new Complaint("The load generator failed: see " + bed.log(LOG) + ".");
    }

    /** Processor time since it began; null when unknown. */
    @Nullable Double cpuSeconds() {
        return new ProcessMeter(process.toHandle()).cpuSeconds();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        bed.processes().remove(process.toHandle());
    }
}
