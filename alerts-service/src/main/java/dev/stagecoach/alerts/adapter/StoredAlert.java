package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.alerts.act.AlertState;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the REST API shows it.
 *
 * @param facts the numbers, {@code why} in words, and the {@code link} to the account
 * @param causedBy the id of the event that raised it
 * @param state {@code open}, {@code acknowledged} or {@code snoozed}
 * @param snoozedUntil when it is open again, if it is snoozed
 * @param assignee who looks after it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredAlert(
        String id,
        String account,
        String kind,
        Instant at,
        String title,
        Map<String, Object> facts,
        String topic,
        String channel,
        List<String> audience,
        @Nullable String causedBy,
        String state,
        @Nullable Instant snoozedUntil,
        @Nullable String assignee) {

    /** As it is told when it is raised. */
    static StoredAlert of(Event<?> event, AlertRaised alert) {
        return new StoredAlert(
                event.id(),
                alert.account(),
                alert.kind(),
                alert.at(),
                alert.title(),
                alert.facts(),
                event.topic(),
                alert.channel(),
                alert.audience(),
                alert.causedBy(),
                String.valueOf(alert.facts().getOrDefault(Alert.STATE, AlertState.OPEN.wireName())),
                null,
                null);
    }
}
