package dev.stagecoach.lifecycle;

import dev.stagecoach.events.Event;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.journey.FirstUse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is kept about the accounts of one partition, within one transaction. */
public interface Books {
    /** The time of the last tick; empty before the first. */
    Optional<Instant> now();

    /** Moves the time. Where another policy decided at the last tick, all accounts that someone told of are due. */
    void tick(Instant at, String policyVersion);

    /**
     * Whether an event is to be counted: none of its account and id was, of those that were received on its day or up to so many
     * days from it as the window has. It counts from then on, as long as the transaction does.
     */
    boolean isNew(Used used);

    /** The book of an account, an empty one if nothing was heard of it. Whatever is entered in it is kept. */
    AccountBook of(String account);

    /**
     * Books of accounts whose time has come: at most so many; empty when there is none left. Each is to be looked at, or put off,
     * before the next call.
     */
    List<AccountBook> due(Instant now, int most);

    /**
     * Keeps decisions and hands them on.
     *
     * @param cause the record that made us look
     * @param firstUses what was decided on besides; each has a cause of its own
     */
    void decided(List<Event<?>> decisions, Cause cause, List<FirstUse> firstUses);
}
