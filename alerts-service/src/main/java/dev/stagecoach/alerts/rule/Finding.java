package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.policy.AlertKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule has to say, before it is known where it goes.
 *
 * @param fact what sets it apart from other alerts of its kind and account; empty: the event that raised it
 * @param matter what a later alert of its account must be about as well to be the same again
 * @param tellsExecutive whether the account executive should look too
 */
record Finding(
        AlertKind kind,
        List<String> fact,
        String title,
        @Nullable String why,
        Map<String, Object> facts,
        @Nullable Matter matter,
        boolean tellsExecutive) {
    static Finding of(AlertKind kind, String title) {
        return new Finding(kind, List.of(), title, null, Map.of(), null, false);
    }

    Finding because(@Nullable String reason) {
        return new Finding(kind, fact, title, reason, facts, matter, tellsExecutive);
    }

    /** The same with a fact; an absent value is left out. */
    Finding with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new Finding(kind, fact, title, why, more, matter, tellsExecutive);
    }

    /** One alert for all events that tell this fact. */
    Finding oncePer(String... parts) {
        return new Finding(kind, List.of(parts), title, why, facts, matter, tellsExecutive);
    }

    Finding tellingExecutive(boolean tells) {
        return new Finding(kind, fact, title, why, facts, matter, tells);
    }

    /** Of a matter that people can acknowledge; the kind is part of it. */
    Finding about(String direction, int severity, String... subject) {
        List<String> parts = new ArrayList<>(List.of(kind.wireName()));
        parts.addAll(List.of(subject));
        Matter about = new Matter(String.join("/", parts), direction, severity);
        return new Finding(kind, fact, title, why, facts, about, tellsExecutive);
    }
}
