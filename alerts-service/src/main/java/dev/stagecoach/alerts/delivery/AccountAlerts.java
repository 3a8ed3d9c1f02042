package dev.stagecoach.alerts.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The waiting alerts of one account, at least one, oldest first. */
public record AccountAlerts(List<Waiting> alerts) {
    public AccountAlerts {
        alerts = List.copyOf(alerts);
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("alerts: none (expected: at least one)");
        }
    }

    /** As known last. */
    public String name() {
        return last().accountName();
    }

    public @Nullable String link() {
        return last().link();
    }

    /** How many there are of each kind, the first kind first. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        alerts.forEach(alert -> counts.merge(alert.kind(), 1, Integer::sum));
        return counts;
    }

    /** Those that the whole channel should see. */
    public List<Waiting> broadcast() {
        return alerts.stream().filter(Waiting::broadcast).toList();
    }

    private Waiting last() {
        return alerts.get(alerts.size() - 1);
    }
}
