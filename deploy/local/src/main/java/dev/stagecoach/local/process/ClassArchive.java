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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

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
    private static final String STARTED = "started in";
    private static final long START_SECONDS = 60;
    private static final long END_SECONDS = 60;
    private static final long LOOK_MILLIS = 100;

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

    /**
     * Makes those that are not there. Other processes that want the same wait for it. Where a Java makes none, services start without, and
     * it is not tried again before the next build; the log beside says why.
     */
    public static void makeMissing(Path home) {
        var missing = Arrays.stream(Service.values())
                .map(service -> service.jar(home))
                .filter(jar -> !isThere(jar) && !isOfThisBuild(jar, log(jar)))
                .toList();
        var made = missing.stream()
                .map(jar -> CompletableFuture.runAsync(() -> makeUnlessAnotherDoes(jar)))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(made).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void makeUnlessAnotherDoes(Path jar) {
        try (var channel = FileChannel.open(
                        jar.resolveSibling(NAME + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (lock.isValid() && !isThere(jar)) {
                make(jar, jar.resolveSibling(NAME));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path jar, Path archive) throws IOException {
        var unfinished = jar.resolveSibling(NAME + ".unfinished");
        var log = log(jar);
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
        end(builder.start(), log);
        if (Files.isRegularFile(unfinished)) {
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path log(Path jar) {
        return jar.resolveSibling(NAME + ".log");
    }

    /** One that needs nothing to start is told to stop; the others end by themselves. */
    private static void end(Process start, Path log) throws IOException {
        try {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (start.isAlive()
                    && System.nanoTime() < until
                    && !Files.readString(log).contains(STARTED)) {
                start.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            start.destroy();
            if (!start.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                start.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            start.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }
}
