package dev.stagecoach.bench;

import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.local.process.Complaint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The two test programs that come with Postfix: one takes mails and forgets them, one sends mails as fast as it can. */
record Postfix(Path sinkProgram, Path sourceProgram) {

    private static final List<Path> DIRECTORIES = Stream.concat(
                    Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of), Stream.of(Path.of("/usr/sbin")))
            .toList();
    private static final int BACKLOG = 1_000;
    private static final long LOOK_MILLIS = 20;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String NOBODY = "nobody";

    /** @throws Complaint if they are not installed */
    static Postfix find() {
        return new Postfix(find("smtp-sink"), find("smtp-source"));
    }

    private static Path find(String program) {
        return DIRECTORIES.stream()
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new Complaint(
                                "There is no " + program
                                        + " here. It comes with Postfix: apt-get install postfix (choose \"No configuration\"; nothing of it needs to run)."));
    }

    /**
     * What sending took.
     *
     * @param cpuSeconds processor time of smtp-source; null when unknown
     */
    record Sent(double seconds, @Nullable Double cpuSeconds) {}

    /** Takes mails and forgets them. */
    Process sink(Bed bed, int port) {
        return sink(bed, port, List.of());
    }

    /** Takes mails and keeps each in a file of its own. */
    Process sinkInto(Bed bed, int port, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sink(bed, port, List.of("-d", directory.resolve("mail.").toString()));
    }

    private Process sink(Bed bed, int port, List<String> more) {
        var command = new ArrayList<>(List.of(sinkProgram.toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", NOBODY));
        }
        command.addAll(more);
        command.addAll(List.of("inet:" + LOOPBACK + ":" + port, Integer.toString(BACKLOG)));
        var process = start(bed, command, "smtp-sink");
        CaughtUp.await("smtp-sink", () -> {
            if (!process.isAlive()) {
                throw new Complaint("smtp-sink has ended; its log is " + bed.log("smtp-sink") + ".");
            }
            return listens(port);
        });
        return process;
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Sends mails over connections that are kept from one to the next.
     *
     * @return how long that took
     */
    Sent send(Bed bed, int port, int connections, int mails, long bytes) {
        var watch = new Stopwatch();
        var process = start(
                bed,
                List.of(
                        sourceProgram.toString(),
                        "-d",
                        "-s",
                        Integer.toString(connections),
                        "-m",
                        Integer.toString(mails),
                        "-l",
                        Long.toString(bytes),
                        "-f",
                        "sender@example.com",
                        "-t",
                        "recipient@example.com",
                        LOOPBACK + ":" + port),
                "smtp-source");
        try {
            var meter = new ProcessMeter(process.toHandle());
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                meter.look();
            }
            int exitCode = process.exitValue();
            double seconds = watch.seconds();
            if (exitCode != 0) {
                throw new Complaint(
                        "smtp-source ended with " + exitCode + "; its log is " + bed.log("smtp-source") + ".");
            }
            return new Sent(seconds, meter.cpuSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    private static Process start(Bed bed, List<String> command, String name) {
        try {
            var log = bed.log(name).toFile();
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            bed.processes().add(process.toHandle(), name);
            return process;
        } catch (IOException e) {
            throw new Complaint("The program " + name + " cannot be started: " + e.getMessage() + ".", e);
        }
    }
}
