package dev.stagecoach.ingest;

import java.time.Instant;
import java.util.Set;

/** The accounts to which users belong, as {@code identify} and {@code group} calls told. */
public interface UserAccounts {
    /** Whether everything that is known by now has been read. Before that, the answers are guesses. */
    boolean isComplete();

    /**
     * The accounts of a user, without those that have lapsed.
     *
     * @param user a pseudonym that does not depend on the account
     */
    Set<String> of(String user, Instant now);

    /**
     * Knows it from now on.
     *
     * @return whether it has to be recorded: it was not known, or will lapse before long
     */
    boolean link(String user, String account, Instant now);

    /** Does not know it any more. */
    void unlink(String user, String account);
}
