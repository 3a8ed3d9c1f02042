package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.act.AlertState;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An alert as the REST API shows it. */
@Schema(name = "Alert")
public record StoredAlert(
        String id,
        String account,
        @Schema(examples = "seat-utilization") String kind,
        Instant at,

        @Schema(examples = "Northwind Rail is at 91 % of 250 seats (228 users)")
        String title,

        @Schema(description = "The numbers, why in words, and the link to the account")
        Map<String, Object> facts,

        @Schema(examples = "alerts.customer-usage") String topic,
        @Schema(examples = "#alerts-customer-usage") String channel,
        List<String> audience,

        @Schema(description = "Id of the event that raised it") @Nullable String causedBy,

        @Schema(description = "open, acknowledged or snoozed", examples = "open")
        String state,

        @Schema(description = "When it is open again, if it is snoozed") @Nullable Instant snoozedUntil,

        @Schema(description = "Who looks after it", examples = "ana@team.example.com") @Nullable String assignee) {

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
