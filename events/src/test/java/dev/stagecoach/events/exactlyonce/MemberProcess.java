package dev.stagecoach.events.exactlyonce;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A member in a process of its own, to be killed. */
final class MemberProcess {
    private MemberProcess() {}

    /** A member that shares the partitions with others. */
    static Process startNameless(Workplace workplace) throws IOException {
        return start(workplace, "");
    }

    static Process start(Workplace workplace, String replica) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.util.logging.manager=" + System.getProperty("java.util.logging.manager"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemberProcess.class.getName(),
                        workplace.bootstrapServers(),
                        workplace.jdbcUrl(),
                        workplace.group,
                        workplace.usage,
                        workplace.pings,
                        workplace.decisions,
                        replica)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(new File("target", "member-process.log")))
                .start();
    }

    static void awaitProgress(Workplace workplace, long before, Process process) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .failFast("the process ended, see target/member-process.log", () -> !process.isAlive())
                .until(() -> workplace.count("applied") > before);
    }

    /** Freezes a process where it stands. */
    static void pause(Process process) throws IOException, InterruptedException {
        signal("-STOP", process);
    }

    /** Lets it go on as if no time had passed. */
    static void resume(Process process) throws IOException, InterruptedException {
        signal("-CONT", process);
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill " + signal + ": " + code + " (expected: 0)");
        }
    }

    public static void main(String[] arguments) {
        ConsumerSettings settings =
                new ConsumerSettings(arguments[0], arguments[2], List.of(arguments[3], arguments[4]), 10);
        new Member(
                        arguments[6].isEmpty() ? settings : settings.ofReplica(arguments[6]),
                        Workplace.dataSource(arguments[1]),
                        new Ledger(arguments[5]))
                .start();
    }
}
