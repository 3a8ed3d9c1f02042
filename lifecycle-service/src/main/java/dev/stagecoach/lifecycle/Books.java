package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.lifecycle.journey.Decisions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is kept about the accounts of one partition, within one transaction. */
public interface Books {
    /** The time of the last tick; empty before the first. */
    Optional<Instant> now();

    /** Moves the time. */
    void tick(Instant at);

    /** Accounts whose time has come: at most so many, the longest due first. */
    List<String> due(Instant now, int most);

    /** Keeps facts as the latest of their account. */
    void tell(Collection<AccountFacts> facts);

    /** Counts usage and notes features used for the first time. The same ping or event counted again changes nothing. */
    void count(List<Happening.Pinged> pings, List<Happening.Used> events);

    /** The books of those of the accounts whose facts are known, counts as of {@code now} included. */
    Map<String, AccountBook> open(Set<String> accounts, Instant now);

    /** Accounts that cannot be decided yet, because there was no tick so far: the first tick finds them due. */
    void postpone(Set<String> accounts);

    /** Keeps decisions with the journeys that they lead to, and hands their events on. */
    void close(Map<String, Decisions> decisions, Instant now);
}
