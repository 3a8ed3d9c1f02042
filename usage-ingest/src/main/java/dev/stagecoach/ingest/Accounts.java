package dev.stagecoach.ingest;

import java.util.Optional;
import java.util.Set;

/** What is known about accounts: their instances. */
public interface Accounts {
    /** Whether everything that is known by now has been read. Before that, the answers are guesses. */
    boolean isComplete();

    /** The accounts that list this instance: one, unless somebody made a mistake. */
    Set<String> withInstance(String instance);

    /** Whether the account lists this instance as production; empty when it does not list it. */
    Optional<Boolean> isProduction(String account, String instance);
}
