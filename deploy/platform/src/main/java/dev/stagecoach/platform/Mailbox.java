package dev.stagecoach.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that the SMTP server has received, in order of arrival. A mail is here, and readable by IMAP, before its
 * sender is told that it was accepted. Safe for use by several threads.
 *
 * <p>All is in memory, about three times the size of each mail: 10,000 mails of 20 KB take 700 MB. What was received is
 * gone with the platform, also from a directory that is kept.
 */
public final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final List<ReceivedMail> mails = new ArrayList<>();
    private final List<Consumer<ReceivedMail>> listeners = new CopyOnWriteArrayList<>();

    Mailbox() {}

    /** All mails up to now; the list does not change when more arrive. */
    public List<ReceivedMail> received() {
        synchronized (mails) {
            return List.copyOf(mails);
        }
    }

    public int count() {
        synchronized (mails) {
            return mails.size();
        }
    }

    /** Forgets all mails up to now. They stay readable by IMAP. */
    public void clear() {
        synchronized (mails) {
            mails.clear();
        }
    }

    /**
     * Calls the listener for each mail from now on, one at a time. The sender waits meanwhile; what the listener throws
     * is logged and does not reach it.
     */
    public void onReceived(Consumer<ReceivedMail> listener) {
        listeners.add(listener);
    }

    void add(ReceivedMail mail) {
        synchronized (mails) {
            mails.add(mail);
        }
        for (var listener : listeners) {
            try {
                listener.accept(mail);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed on {}", mail, e);
            }
        }
    }
}
