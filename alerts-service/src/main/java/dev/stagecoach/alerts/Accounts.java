package dev.stagecoach.alerts;

import dev.stagecoach.alerts.account.Account;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What is known of accounts. */
public interface Accounts {
    /** Those of the given ids that something is known of, by id. */
    Map<String, Account> known(Set<String> ids);

    void keep(Collection<Account> accounts);
}
