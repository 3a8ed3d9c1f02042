package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The level of health changes: with the old level, the new one, and what made it so. */
record HealthChangedRule(Set<HealthLevel> levels) implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        return event.data() instanceof HealthChanged change && levels.contains(change.to())
                ? Optional.of(finding(change, account))
                : Optional.empty();
    }

    private static Finding finding(HealthChanged change, Account account) {
        String title = account.displayName() + "'s health is " + change.to().wireName() + ", it was "
                + change.from().wireName();
        return Finding.of(AlertKind.HEALTH_CHANGED, title)
                .because(why(change))
                .with("from", change.from().wireName())
                .with("to", change.to().wireName())
                .with("score", change.score())
                .with("equation", change.equation())
                .with("reasons", change.reasons().isEmpty() ? null : change.reasons())
                .with("measures", measures(change.categories()))
                .with("policyVersion", change.policyVersion())
                .about(change.to() == HealthLevel.HEALTHY ? "better" : "worse", severity(change.to()));
    }

    /** From good to bad; not knowing is worse than knowing that it is well, and better than knowing that it is not. */
    private static int severity(HealthLevel level) {
        return switch (level) {
            case HEALTHY -> 0;
            case UNKNOWN -> 1;
            case CONCERNING -> 2;
            case POOR -> 3;
        };
    }

    private static String why(HealthChanged change) {
        if (!change.reasons().isEmpty()) {
            return String.join("; ", change.reasons()) + ".";
        }
        List<String> known = new ArrayList<>();
        for (HealthCategory category : change.categories()) {
            for (HealthMeasure measure : category.measures()) {
                if (measure.why() != null && measure.points() != null) {
                    known.add(Words.plain(measure.name()) + ": " + measure.why());
                }
            }
        }
        return known.isEmpty() ? "No measure of it is known." : String.join("; ", known) + ".";
    }

    private static List<Map<String, Object>> measures(List<HealthCategory> categories) {
        List<Map<String, Object>> measures = new ArrayList<>();
        for (HealthCategory category : categories) {
            for (HealthMeasure measure : category.measures()) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("category", category.name());
                map.put("name", measure.name());
                if (measure.value() != null) {
                    map.put("value", measure.value());
                }
                if (measure.points() != null) {
                    map.put("points", measure.points());
                }
                if (measure.why() != null) {
                    map.put("why", measure.why());
                }
                measures.add(map);
            }
        }
        return measures;
    }
}
