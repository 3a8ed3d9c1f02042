package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.ReceiveBounce;
import dev.stagecoach.outreach.bounce.Bounce;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the mailbox that reports come to. What it has looked at is marked as seen, and nothing is deleted: what is no report,
 * automatic replies for instance, is for people.
 */
final class ImapBounces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImapBounces.class);
    private static final String TIMEOUT_MILLIS = "20000";
    /** Many times a mail of ours, which reports hold. Anybody may write to the mailbox, and what is larger is not read. */
    private static final int LARGEST_BYTES = 5_000_000;

    private final Account account;
    private final ReceiveBounce receiveBounce;
    private final Session session;
    private final ScheduledExecutorService timer;
    private volatile boolean readable = true;

    ImapBounces(Account account, ReceiveBounce receiveBounce) {
        this.account = account;
        this.receiveBounce = receiveBounce;
        this.session = Session.getInstance(properties(account));
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "imap-bounces");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Where the mailbox is. */
    record Account(
            String host, int port, boolean tls, String username, String password, String folder, Duration every) {
        /** Says where, and nothing that is secret. */
        @Override
        public String toString() {
            return username + " at " + host + ":" + port + ", " + folder;
        }
    }

    static Properties properties(Account account) {
        Properties properties = new Properties();
        properties.setProperty("mail.store.protocol", "imap");
        properties.setProperty("mail.imap.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.imap.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.imap.ssl.enable", Boolean.toString(account.tls()));
        properties.setProperty("mail.imap.ssl.checkserveridentity", "true");
        // The password goes to another machine in the clear at no time.
        boolean encryptLater = !account.tls() && !SmtpSettings.isLoopback(account.host());
        properties.setProperty("mail.imap.starttls.enable", Boolean.toString(encryptLater));
        properties.setProperty("mail.imap.starttls.required", Boolean.toString(encryptLater));
        // So that looking at a report does not mark it before it is recorded.
        properties.setProperty("mail.imap.peek", "true");
        return properties;
    }

    void start() {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                this::readQuietly, 0, account.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void readQuietly() {
        try {
            read();
            readable = true;
        } catch (MessagingException | RuntimeException e) {
            readable = false;
            LOG.warn("reports cannot be read from {}, trying again: {}", account, e.getMessage());
        }
    }

    /** Whether the last look at the mailbox succeeded. */
    boolean isReadable() {
        return readable;
    }

    /**
     * Reads what has come since.
     *
     * @return how many mails have come back
     */
    int read() throws MessagingException {
        int bounced = 0;
        try (Store store = session.getStore()) {
            store.connect(account.host(), account.port(), account.username(), account.password());
            try (Folder folder = store.getFolder(account.folder())) {
                folder.open(Folder.READ_WRITE);
                for (Message message : folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false))) {
                    bounced += take(message) ? 1 : 0;
                    message.setFlag(Flags.Flag.SEEN, true);
                }
            }
        }
        return bounced;
    }

    private boolean take(Message message) throws MessagingException {
        Optional<Bounce> bounce;
        List<String> recipients;
        try {
            if (message.getSize() > LARGEST_BYTES) {
                throw new IOException(
                        "it has " + message.getSize() + " bytes (expected: at most " + LARGEST_BYTES + ")");
            }
            bounce = MimeReports.bounce(message);
            recipients = MimeReports.recipients(message);
        } catch (IOException | MessagingException | RuntimeException e) {
            LOG.warn(
                    "message {} in {} cannot be read and is left to people: {}",
                    message.getMessageNumber(),
                    account,
                    String.valueOf(e.getMessage()));
            return false;
        }
        return bounce.isPresent() && receiveBounce.reported(recipients, bounce.get());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
