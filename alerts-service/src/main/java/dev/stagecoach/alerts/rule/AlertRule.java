package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.events.Event;
import java.util.Optional;

/** When an event is worth an alert. Rules are pure: the same event and account give the same finding. */
interface AlertRule {
    /**
     * What the team should know.
     *
     * @param account as known before the event
     */
    Optional<Finding> find(Event<?> event, Account account);

    /** What to remember of the event for later ones; nothing, for most rules. */
    default Account remember(Event<?> event, Account account) {
        return account;
    }
}
