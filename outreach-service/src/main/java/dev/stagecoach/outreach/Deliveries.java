package dev.stagecoach.outreach;

import dev.stagecoach.outreach.delivery.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of mails, as senders see it. A mail goes from {@code planned} to {@code sending}, where it may have been handed
 * over, to what became of it. Which of the planned ones a process has claimed is known to that process alone.
 */
public interface Deliveries {
    /**
     * Claims mails that are due, each for one sender of this process alone, until it is recorded, put back or let go. Other processes
     * may claim the same one: {@link #begin} decides between them.
     *
     * @param without domains of recipients to leave out this time
     */
    List<DueMail> claim(Set<Integer> partitions, int limit, Set<String> without);

    /**
     * Claims one mail that is due to find out with it whether the mail server takes any: never tried, or else the one that was put
     * back or behind longest ago, so that a mail which itself is the trouble holds up no other.
     */
    Optional<DueMail> claimOne(Set<Integer> partitions);

    /**
     * Notes durably that a claimed mail is handed over now; waits until that is written.
     *
     * @return false when somebody else began, or something was decided about it since it was claimed: it must not be handed over
     * @throws RuntimeException when it is not known to be written: the mail must not be handed over either
     */
    boolean begin(DueMail mail);

    /**
     * Records what became of a mail, and tells the world. Returns before that is written, and writes it as soon as the database
     * lets it.
     *
     * @param messageId null when none was made
     */
    void record(DueMail mail, DeliveryState state, @Nullable String messageId, @Nullable String reason);

    /**
     * Puts a mail back that was certainly not handed over. Returns before that is written.
     *
     * @param pause before the next attempt; zero does not count as one
     */
    void putBack(DueMail mail, String reason, Duration pause);

    /**
     * Puts a mail back that was certainly not handed over and of which nobody can say whether it is to blame. No attempt is counted, and
     * others go first for some seconds. Returns before that is written.
     */
    void putBehind(DueMail mail, String reason);

    /**
     * Puts a claimed mail off to a later time. Returns before that is written.
     *
     * @param why what it waits for
     */
    void putOff(DueMail mail, Instant dueAt, @Nullable String why);

    /** Ends a claim of a mail that was not begun; it stays as it is. */
    void letGo(DueMail mail);

    /** Waits until what was recorded and put back so far is written, or the time is over. */
    void settle(Duration atMost);

    /**
     * Takes over from other processes, who no longer own these partitions or no longer live: what they were sending is declared
     * unknown.
     *
     * @return how many are unknown
     */
    int takeOver(Set<Integer> partitions);

    /**
     * Declares unknown what is being sent for longer than anybody sends a mail.
     *
     * @param begunBefore how long ago, in real time, its sender must have begun
     * @return how many
     */
    int abandon(Set<Integer> partitions, Duration begunBefore);
}
