package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.events.Event;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When an event is worth an alert. Rules are pure: the same event and account give the same finding. */
interface AlertRule {
    /**
     * What the team should know.
     *
     * @param account as known before the event
     */
    Optional<Finding> find(Event<?> event, Account account);

    /** When time alone may have this rule find something, in which case it is asked with a tick; null when it cannot. */
    default @Nullable Instant due(Account account) {
        return null;
    }

    /** What to remember of the event for later ones; nothing, for most rules. */
    default Account remember(Event<?> event, Account account) {
        return account;
    }
}
