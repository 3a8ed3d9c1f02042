package dev.stagecoach.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/**
 * Runs a broker in a JVM of its own: formats its directory if that is new, says {@link #READY} on stdout once it
 * serves, and ends at once when stdin does, that is, when the JVM that started it is gone. A record that was
 * acknowledged is with the operating system by then; the next start recovers it.
 */
final class BrokerMain {

    static final String READY = "ready";

    /** Always the same, so that a directory that was formatted earlier fits. The base 64 of "Stagecoach-local". */
    private static final String CLUSTER_ID = "U3RhZ2Vjb2FjaC1sb2NhbA";

    private BrokerMain() {}

    /**
     * Serves until the process is told to end.
     *
     * @param arguments the path of server.properties
     */
    public static void main(String[] arguments) throws IOException {
        var starter = System.out;
        // What prints to stdout shall land in the log, and not in the pipe that nobody reads after READY.
        System.setOut(System.err);
        endWithStarter();
        var settings = arguments[0];
        format(settings);
        var server = serve(Utils.loadProps(settings));
        starter.println(READY);
        starter.flush();
        server.awaitShutdown();
    }

    private static void format(String settings) {
        String[] format = {"format", "--ignore-formatted", "-t", CLUSTER_ID, "-c", settings};
        int exitCode = StorageTool.execute(format, System.err);
        if (exitCode != 0) {
            Exit.halt(exitCode);
        }
    }

    private static KafkaRaftServer serve(Properties settings) {
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
        try {
            server.startup();
        } catch (RuntimeException e) {
            e.printStackTrace(System.err);
            Exit.halt(1);
        }
        return server;
    }

    private static void endWithStarter() {
        var watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        Runtime.getRuntime().halt(1);
                    }
                },
                "end-with-starter");
        watch.setDaemon(true);
        watch.start();
    }
}
