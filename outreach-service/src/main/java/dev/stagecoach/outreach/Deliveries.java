package dev.stagecoach.outreach;

import dev.stagecoach.outreach.delivery.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ledger of mails, as senders see it. Each call is a transaction of its own. */
public interface Deliveries {
    /** Takes mails that are due, each for one sender alone; from then on they are {@code sending}. */
    List<DueMail> take(Set<Integer> partitions, int limit);

    /**
     * Records what became of a mail, and tells the world.
     *
     * @param messageId null when none was made
     */
    void record(DueMail mail, DeliveryState state, @Nullable String messageId, @Nullable String reason);

    /** Puts a mail back that was certainly not handed over. */
    void putBack(DueMail mail, String reason, Duration pause);

    /**
     * Declares unknown what others, who no longer own these partitions or no longer live, have left unfinished.
     *
     * @param takenBefore how long ago, in real time, they must have taken it
     * @return how many
     */
    int abandon(Set<Integer> partitions, Duration takenBefore);
}
