package dev.stagecoach.alerts;

import dev.stagecoach.alerts.account.Account;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What is known of accounts. */
public interface Accounts {
    /** Those of the given ids that something is known of, by id. */
    Map<String, Account> known(Set<String> ids);

    /**
     * Those for which time alone may raise an alert by an instant.
     *
     * @param untilByPartition the instant for each partition that is asked about
     * @return the partition of each, by id
     */
    Map<String, Integer> due(Map<Integer, Instant> untilByPartition);

    /** Keeps accounts, each with its partition. */
    void keep(Map<Account, Integer> accounts);
}
