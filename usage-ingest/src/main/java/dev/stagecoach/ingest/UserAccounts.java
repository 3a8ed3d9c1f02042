package dev.stagecoach.ingest;

import java.time.Instant;
import java.util.Set;

/** The accounts to which users belong, as {@code identify} and {@code group} calls told, and was recorded. */
public interface UserAccounts {
    /** Of a user that are kept: two are too many already to say for which one an event counts. */
    int MOST_ACCOUNTS = 8;

    /** Whether everything that is known by now has been read. Before that, the answers are guesses. */
    boolean isComplete();

    /**
     * The accounts of a user, without those that have lapsed.
     *
     * @param user a pseudonym that does not depend on the account
     */
    Set<String> of(String user, Instant now);

    /** Whether it has to be recorded: it is not known, or will lapse before long. */
    boolean isToBeTold(String user, String account, Instant now);

    /** Knows it from now on, as it has been recorded. */
    void tell(String user, String account, Instant at);
}
