package dev.stagecoach.alerts;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.alerts.rule.AlertRules;
import dev.stagecoach.alerts.rule.AlertRules.Decision;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.TimeTick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what happened to accounts, and the passing of time, into alerts. */
public final class RaiseAlerts {
    private final AlertRules rules;

    public RaiseAlerts(AlertRules rules) {
        this.rules = rules;
    }

    /** Applies events in their order. Applied again, they raise nothing new. */
    public void from(List<Incoming> incoming, Accounts accounts, Alerts alerts, Time time) {
        new Batch(incoming, accounts).apply(incoming, accounts, alerts, time);
    }

    /** The accounts that a batch is about, while it is applied. */
    private final class Batch {
        private final Map<String, Account> known;
        private final Map<String, Integer> partitions;
        private final Set<String> changed = new HashSet<>();
        private final List<Alert> raised = new ArrayList<>();

        Batch(List<Incoming> incoming, Accounts accounts) {
            partitions = new HashMap<>(accounts.due(lastTicks(incoming)));
            for (Incoming one : incoming) {
                if (one.event().account() != null) {
                    partitions.put(one.event().account(), one.partition());
                }
            }
            known = new HashMap<>(accounts.known(partitions.keySet()));
        }

        void apply(List<Incoming> incoming, Accounts accounts, Alerts alerts, Time time) {
            for (Incoming one : incoming) {
                Event<?> event = one.event();
                if (event.data() instanceof TimeTick) {
                    passTime(event, one.partition());
                } else if (event.account() != null) {
                    decide(event, event.account());
                }
            }
            accounts.keep(changed());
            alerts.raise(raised);
            lastTicks(incoming).values().stream().max(Instant::compareTo).ifPresent(tick -> {
                time.is(tick);
                alerts.endSnoozes(tick);
            });
        }

        private void passTime(Event<?> tick, int partition) {
            List<String> due = known.values().stream()
                    .filter(account -> Integer.valueOf(partition).equals(partitions.get(account.id())))
                    .filter(account ->
                            account.nextDue() != null && !account.nextDue().isAfter(tick.time()))
                    .map(Account::id)
                    .sorted()
                    .toList();
            due.forEach(account -> decide(tick, account));
        }

        private void decide(Event<?> event, String id) {
            Account account = known.computeIfAbsent(id, Account::unseen);
            Decision decision = rules.decide(event, account);
            raised.addAll(decision.alerts());
            if (!decision.account().equals(account)) {
                known.put(id, decision.account());
                changed.add(id);
            }
        }

        private Map<Account, Integer> changed() {
            Map<Account, Integer> accounts = new LinkedHashMap<>();
            for (Account account : known.values()) {
                Integer partition = partitions.get(account.id());
                if (partition != null && changed.contains(account.id())) {
                    accounts.put(account, partition);
                }
            }
            return accounts;
        }
    }

    private static Map<Integer, Instant> lastTicks(List<Incoming> incoming) {
        Map<Integer, Instant> ticks = new HashMap<>();
        for (Incoming one : incoming) {
            if (one.event().data() instanceof TimeTick tick) {
                ticks.merge(one.partition(), tick.at(), (known, other) -> known.isAfter(other) ? known : other);
            }
        }
        return ticks;
    }
}
