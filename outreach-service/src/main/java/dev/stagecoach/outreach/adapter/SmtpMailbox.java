package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Mailbox;
import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mail server, over connections that are kept while they are in use. */
final class SmtpMailbox implements Mailbox, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpMailbox.class);
    private static final int PROBE_MILLIS = 2_000;
    /** Shorter than the patience of any server. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final SmtpSettings settings;
    private final MimeMails mimeMails;
    /** The latest used first, so that those too many grow idle. */
    private final Deque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();

    private final ScheduledThreadPoolExecutor timer;
    private final Pulse pulse;

    /** @param clock for the date of mails, which is the real one also where days pass in seconds */
    SmtpMailbox(SmtpSettings settings, Signing signing, InstantSource clock) {
        this(settings, signing, clock, Pulse.started());
    }

    SmtpMailbox(SmtpSettings settings, Signing signing, InstantSource clock, Pulse pulse) {
        this.settings = settings;
        this.pulse = pulse;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "smtp-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        this.mimeMails = new MimeMails(Session.getInstance(new Properties()), signing, clock);
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> closeIdleSince(System.nanoTime() - IDLE.toNanos()),
                LOOK_EVERY.toMillis(),
                LOOK_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public Handover send(Mail mail, BooleanSupplier mayHandOver) {
        byte[] bytes;
        SmtpConnection.Envelope envelope;
        try {
            InternetAddress to = MimeMails.address(mail.to());
            bytes = mimeMails.write(mail, to);
            envelope = new SmtpConnection.Envelope(mail.envelopeFrom(), to.getAddress());
        } catch (MessagingException | RuntimeException e) {
            return new Handover.Refused(SmtpConnection.describe(e));
        }
        while (true) {
            SmtpConnection connection;
            try {
                connection = connection();
            } catch (MessagingException e) {
                return new Handover.Unreachable(SmtpConnection.describe(e));
            }
            Handover handover = connection.handOver(bytes, envelope, mayHandOver);
            boolean stale = handover instanceof Handover.Unreachable && connection.wasStale();
            giveBack(connection, stale || handover instanceof Handover.Unreachable);
            if (!stale) {
                return handover;
            }
            // The server had closed a connection that was kept: nothing speaks against a new one.
        }
    }

    private SmtpConnection connection() throws MessagingException {
        SmtpConnection kept = idle.pollFirst();
        return kept == null ? connect() : kept;
    }

    private SmtpConnection connect() throws MessagingException {
        Wire wire = new Wire();
        SmtpConnection connection =
                new SmtpConnection(Session.getInstance(settings.properties(timer, wire)), wire, pulse);
        connection.connect(
                settings.host(),
                settings.port(),
                orNull(settings.username().orElse("")),
                orNull(settings.password().orElse("")));
        return connection;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private void giveBack(SmtpConnection connection, boolean broken) {
        if (!broken && connection.isUsable()) {
            idle.addFirst(connection);
        } else {
            close(connection);
        }
    }

    /** Whether somebody listens there. */
    boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void closeIdleSince(long nanoTime) {
        // Whoever takes the oldest one meanwhile takes it from here too.
        for (SmtpConnection connection : List.copyOf(idle)) {
            if (connection.isIdleSince(nanoTime) && idle.remove(connection)) {
                close(connection);
            }
        }
    }

    private static void close(SmtpConnection connection) {
        try {
            connection.close();
        } catch (MessagingException e) {
            LOG.debug("a connection was closed from the other side", e);
        }
    }

    @Override
    public void close() {
        closeIdleSince(Long.MAX_VALUE);
        timer.shutdown();
        pulse.close();
    }
}
