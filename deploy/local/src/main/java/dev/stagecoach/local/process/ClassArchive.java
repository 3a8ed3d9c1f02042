package dev.stagecoach.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a service as Java has them in memory (AppCDS), for a start that maps them from there instead of reading and verifying
 * them. Made once for each build, by the rehearsal of a start, as deploy/Dockerfile does for images.
 */
public final class ClassArchive {

    /** What a service must be told to come far: nothing of it is there. */
    public static final Map<String, String> ENVIRONMENT = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
            "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/none",
            "QUARKUS_FLYWAY_MIGRATE_AT_START", "false",
            "STAGECOACH_INGEST_PSEUDONYM_SECRET", "of-no-use-but-here",
            "STAGECOACH_OUTREACH_LINK_SECRET", "of-no-use-but-here");

    /** A start that also loads what it does not come to without Kafka and PostgreSQL. */
    public static final String REHEARSAL = "dev.stagecoach.service.StartRehearsal";

    private static final String NAME = "classes.jsa";
    /** Beside it, and written after a rehearsal: there is no archive of this build, and why. */
    private static final String NONE = NAME + ".none";

    private static final String STARTED = "started in";
    /** Generous: without an archive, each start until the next build takes twice as long. */
    private static final long START_SECONDS = 120;

    private static final long END_SECONDS = 180;
    private static final long LOOK_MILLIS = 100;
    /** What a process leaves that was ended forcibly, its archive perhaps half written. */
    private static final int KILLED = 128 + 9;

    private ClassArchive() {}

    /** The options with which a service uses its archive; none if there is none. */
    static List<String> options(Path jar) {
        return isThere(jar) ? List.of("-XX:SharedArchiveFile=" + jar.resolveSibling(NAME)) : List.of();
    }

    /** Whether there is one of this build. */
    private static boolean isThere(Path jar) {
        return isOfThisBuild(jar, jar.resolveSibling(NAME));
    }

    private static boolean isOfThisBuild(Path jar, Path file) {
        // Written anew by each build, also by one that finds the rest unchanged.
        var build = jar.resolveSibling("quarkus/quarkus-application.dat");
        try {
            return Files.isRegularFile(file)
                    && (!Files.exists(build)
                            || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(build)) > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMissing(Path jar) {
        return !isThere(jar) && !isOfThisBuild(jar, jar.resolveSibling(NONE));
    }

    /**
     * Makes those that are not there. Other processes that want the same wait for it. Where a Java makes none, services start without, and
     * it is not tried again before the next build: the file {@code classes.jsa.none} says so.
     *
     * @param processes has the rehearsals while they run
     * @throws Complaint if the thread is interrupted; no rehearsal runs any more then
     */
    public static void makeMissing(Path home, ProcessRecord processes) {
        var workers = Executors.newCachedThreadPool();
        try {
            var made = Arrays.stream(Service.values())
                    .filter(service -> isMissing(service.jar(home)))
                    .map(service -> workers.submit(() -> makeUnlessAnotherDoes(service, home, processes)))
                    .toList();
            for (var one : made) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted while starting.", e);
        } catch (ExecutionException e) {
            throw new Complaint("The classes of the services cannot be archived: " + e.getCause() + ".", e);
        } finally {
            end(workers);
        }
    }

    /** Interrupts those that still work, and waits until they have ended their rehearsals, which takes them no time. */
    private static void end(ExecutorService workers) {
        boolean interrupted = Thread.interrupted();
        workers.shutdownNow();
        try {
            workers.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable Void makeUnlessAnotherDoes(Service service, Path home, ProcessRecord processes)
            throws IOException, InterruptedException {
        var jar = service.jar(home);
        try (var channel = FileChannel.open(
                        jar.resolveSibling(NAME + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (lock.isValid() && isMissing(jar)) {
                make(jar, service + " (rehearsal)", processes);
            }
        }
        return null;
    }

    private static void make(Path jar, String name, ProcessRecord processes) throws IOException, InterruptedException {
        var unfinished = jar.resolveSibling(NAME + ".unfinished");
        var log = jar.resolveSibling(NAME + ".log");
        Files.deleteIfExists(unfinished);
        var command = JavaCommand.withoutInterrupt(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ArchiveClassesAtExit=" + unfinished,
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-cp",
                jar.toString(),
                REHEARSAL));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        builder.environment().putAll(ENVIRONMENT);
        var rehearsal = builder.start();
        processes.add(rehearsal.toHandle(), name);
        try {
            awaitEnd(rehearsal, log);
        } finally {
            rehearsal.destroyForcibly().onExit().join();
            processes.remove(rehearsal.toHandle());
        }
        boolean killed = rehearsal.exitValue() == KILLED;
        if (!killed && Files.isRegularFile(unfinished)) {
            Files.move(
                    unfinished,
                    jar.resolveSibling(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.writeString(
                    jar.resolveSibling(NONE),
                    (killed
                                    ? "The rehearsal took too long and was ended."
                                    : "Java left no archive; " + log + " says why.")
                            + " To try again, delete this file.\n");
        }
    }

    /** One that needs nothing to start is told to stop; the others end by themselves. */
    private static void awaitEnd(Process start, Path log) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (start.isAlive()
                && System.nanoTime() < until
                && !Files.readString(log).contains(STARTED)) {
            start.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        start.destroy();
        start.waitFor(END_SECONDS, TimeUnit.SECONDS);
    }
}
