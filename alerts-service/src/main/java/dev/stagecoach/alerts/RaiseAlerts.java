package dev.stagecoach.alerts;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.alerts.rule.AlertRules;
import dev.stagecoach.alerts.rule.AlertRules.Decision;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.TimeTick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns what happened to accounts into alerts. */
public final class RaiseAlerts {
    private final AlertRules rules;

    public RaiseAlerts(AlertRules rules) {
        this.rules = rules;
    }

    /** Applies events in their order. Applied again, they raise nothing new. */
    public void from(List<? extends Event<?>> events, Accounts accounts, Alerts alerts, Time time) {
        Map<String, Account> known = new HashMap<>(accounts.known(accountsOf(events)));
        Map<String, Account> changed = new HashMap<>();
        List<Alert> raised = new ArrayList<>();
        for (Event<?> event : events) {
            if (event.data() instanceof TimeTick tick) {
                time.is(tick.at());
            } else if (event.account() != null) {
                Account account = known.computeIfAbsent(event.account(), Account::unseen);
                Decision decision = rules.decide(event, account);
                raised.addAll(decision.alerts());
                if (!decision.account().equals(account)) {
                    known.put(account.id(), decision.account());
                    changed.put(account.id(), decision.account());
                }
            }
        }
        accounts.keep(changed.values());
        alerts.raise(raised);
    }

    private static Set<String> accountsOf(List<? extends Event<?>> events) {
        return events.stream().map(Event::account).filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
