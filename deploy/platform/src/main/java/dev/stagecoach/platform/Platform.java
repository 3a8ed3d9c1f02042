package dev.stagecoach.platform;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kafka, PostgreSQL and mail, running. All of them listen on 127.0.0.1 only.
 *
 * <p>Call {@link #close} before the JVM ends: GreenMail's threads keep it alive, and there is no shutdown hook, because
 * only the caller knows what must stop before the platform does. If the JVM is killed instead, the broker ends at once
 * by itself, and a caretaker process stops PostgreSQL and deletes a directory that is not kept. If that one is killed
 * too, the next start in the same directory ends a PostgreSQL left running there.
 */
public interface Platform extends AutoCloseable {
    /** The system property {@code true} with which a broker is started as Kafka's own script does: slower to start, faster to run. */
    String BROKER_RUNS_FAST = "platform.broker-runs-fast";

    /**
     * Starts the wanted parts side by side and returns when all of them answer. The system property {@code platform}
     * says what they run on: {@code embedded} (the default) or {@code containers}.
     *
     * <p>What an earlier platform left running or, where the directory is not kept, left behind in it, is ended and deleted first. While
     * that one's caretaker is still at it, the start waits.
     *
     * @throws PortInUseException if a wanted port is taken; nothing has been started then
     * @throws PlatformException if the directory is in use by another platform, or a part does not start; what had
     *     been started is stopped
     */
    static Platform start(PlatformOptions options) {
        return RunningPlatform.start(options, Parts.bySystemProperty());
    }

    /** What it consists of. Asking for what belongs to another part is an {@link IllegalStateException}. */
    Set<Part> parts();

    /**
     * The process in which a part runs, for those who measure it; empty where there is none of its own on this machine: mail
     * runs in this JVM, and a container's processes are its own.
     */
    Optional<ProcessHandle> process(Part part);

    /**
     * The processes that can be made to fail and to come back: each broker, and PostgreSQL. None of what runs in containers or in
     * this JVM.
     */
    List<Server> servers();

    /** Hosts and ports for Kafka clients: {@code host:port,host:port}. */
    String bootstrapServers();

    /** Where to connect to the database of this name, which is created when absent. */
    String jdbcUrl(String database);

    /** A superuser. */
    String databaseUser();

    String databasePassword();

    int smtpPort();

    /** Port for reading by IMAP what was sent: user is the recipient's address, any password will do. */
    int imapPort();

    /** Everything that the SMTP server has received since the start. */
    Mailbox mailbox();

    /** Stops all parts and, when so asked by the options, deletes the directory. A second call does nothing. */
    @Override
    void close();
}
