package dev.stagecoach.platform;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the parts, and keeps them together. */
final class RunningPlatform implements Platform {

    private static final Logger LOG = LoggerFactory.getLogger(RunningPlatform.class);
    /** While the caretaker of a predecessor that was killed still waits for the end of PostgreSQL, and deletes. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);

    private final PlatformOptions options;
    private final DirectoryLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<Caretaker> caretaker = Optional.empty();
    private CompletableFuture<RunningKafka> kafka = notStarted(Part.KAFKA);
    private CompletableFuture<RunningPostgres> postgres = notStarted(Part.POSTGRES);
    private CompletableFuture<GreenMailServer> mail = notStarted(Part.MAIL);
    private CompletableFuture<Databases> databases = notStarted(Part.POSTGRES);

    private RunningPlatform(PlatformOptions options, DirectoryLock lock) {
        this.options = options;
        this.lock = lock;
    }

    static RunningPlatform start(PlatformOptions options, Parts parts) {
        return start(options, parts, LOCK_PATIENCE);
    }

    /** @param patience how long to wait for a directory that another holds */
    static RunningPlatform start(PlatformOptions options, Parts parts, Duration patience) {
        var platform = new RunningPlatform(options, lock(options, patience));
        try {
            parts.endLeftOvers(options);
            if (options.deleteOnClose()) {
                platform.deleteLeftOvers();
            }
            requireFreePorts(options);
            platform.startParts(parts);
            return platform;
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private static DirectoryLock lock(PlatformOptions options, Duration patience) {
        try {
            return DirectoryLock.acquire(options.directory(), patience)
                    .orElseThrow(
                            () -> new PlatformException("Another running platform uses " + options.directory() + "."));
        } catch (IOException e) {
            throw new PlatformException("No use of " + options.directory() + ": " + e.getMessage(), e);
        }
    }

    /** Data that was to be deleted, and was not when the machine went down: PostgreSQL wrote it without fsync. */
    private void deleteLeftOvers() {
        try {
            lock.deleteContents();
        } catch (IOException e) {
            throw new PlatformException("Not deleted: " + options.directory() + ": " + e.getMessage(), e);
        }
    }

    private static void requireFreePorts(PlatformOptions options) {
        for (var part : options.parts()) {
            switch (part) {
                case KAFKA -> requireFreePortsOfBrokers(options);
                case POSTGRES -> Loopback.requireFree(options.postgresPort(), "PostgreSQL");
                case MAIL -> {
                    Loopback.requireFree(options.smtpPort(), "SMTP");
                    Loopback.requireFree(options.imapPort(), "IMAP");
                }
            }
        }
    }

    private static void requireFreePortsOfBrokers(PlatformOptions options) {
        for (int broker = 0; options.kafkaPort() > 0 && broker < options.brokers(); broker++) {
            Loopback.requireFree(options.kafkaPort() + broker, "Kafka");
        }
    }

    /** Each on a thread of its own, for most of the time goes by in waiting. */
    private void startParts(Parts parts) {
        var threads = Executors.newFixedThreadPool(Part.values().length, RunningPlatform::starter);
        try {
            kafka = start(Part.KAFKA, parts::startKafka, threads);
            postgres = start(Part.POSTGRES, parts::startPostgres, threads);
            mail = start(Part.MAIL, GreenMailServer::start, threads);
            databases = postgres.thenApply(server -> new Databases(server.address()));
            if (options.parts().contains(Part.POSTGRES) || options.deleteOnClose()) {
                caretaker = Optional.of(Caretaker.start(options));
            }
            for (var part : options.parts()) {
                switch (part) {
                    case KAFKA -> get(kafka);
                    case POSTGRES -> get(postgres);
                    case MAIL -> get(mail);
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    /**
     * GreenMail's threads are born from one of these, and find their services by its class loader, which must see what
     * this class sees. A test's own loader, which other threads may have, can be another one.
     */
    private static Thread starter(Runnable task) {
        var thread = new Thread(task, "platform-start");
        thread.setContextClassLoader(RunningPlatform.class.getClassLoader());
        return thread;
    }

    private <T> CompletableFuture<T> start(Part part, Function<PlatformOptions, T> start, ExecutorService threads) {
        return options.parts().contains(part)
                ? CompletableFuture.supplyAsync(() -> start.apply(options), threads)
                : notStarted(part);
    }

    private static <T> CompletableFuture<T> notStarted(Part part) {
        return CompletableFuture.failedFuture(new IllegalStateException("this platform was started without " + part));
    }

    private static <T> T get(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public Set<Part> parts() {
        return options.parts();
    }

    @Override
    public Optional<ProcessHandle> process(Part part) {
        return switch (part) {
            case KAFKA -> get(kafka).process();
            case POSTGRES -> get(postgres).process();
            case MAIL -> Optional.empty();
        };
    }

    @Override
    public List<Server> servers() {
        var servers = new ArrayList<Server>();
        if (options.parts().contains(Part.KAFKA)) {
            servers.addAll(get(kafka).servers());
        }
        if (options.parts().contains(Part.POSTGRES)) {
            servers.addAll(get(postgres).servers());
        }
        return servers;
    }

    @Override
    public String bootstrapServers() {
        return get(kafka).bootstrapServers();
    }

    @Override
    public String jdbcUrl(String database) {
        return get(databases).jdbcUrl(database);
    }

    @Override
    public String databaseUser() {
        return Databases.USER;
    }

    @Override
    public String databasePassword() {
        return Databases.PASSWORD;
    }

    @Override
    public int smtpPort() {
        return get(mail).smtpPort();
    }

    @Override
    public int imapPort() {
        return get(mail).imapPort();
    }

    @Override
    public Mailbox mailbox() {
        return get(mail).mailbox();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        var stopping = CompletableFuture.allOf(stop(kafka), stop(postgres), stop(mail));
        stopping.join();
        if (options.deleteOnClose()) {
            delete();
        }
        caretaker.ifPresent(Caretaker::close);
        lock.close();
    }

    /** Waits for a part that is still starting. One that fails to stop does not keep the others from it. */
    private static CompletableFuture<Void> stop(CompletableFuture<? extends AutoCloseable> part) {
        return part.handleAsync((started, failure) -> {
            if (started != null) {
                try {
                    started.close();
                } catch (Exception e) {
                    LOG.warn("Not stopped: {}", started, e);
                }
            }
            return null;
        });
    }

    private void delete() {
        try {
            lock.deleteDirectory();
        } catch (IOException e) {
            LOG.warn("Not deleted: {}", options.directory(), e);
        }
    }
}
