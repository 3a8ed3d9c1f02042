package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something the team should know.
 *
 * @param id derived from the fact that raised it, so that the fact raises it once
 * @param at when the fact happened
 * @param facts the numbers, {@code why} in words and the {@code link} to the account
 * @param causedBy the id of the event that raised it
 */
public record Alert(
        String id,
        AlertKind kind,
        String account,
        Instant at,
        String title,
        Map<String, Object> facts,
        Channel channel,
        List<String> audience,
        String causedBy) {
    private static final String SOURCE = "/alerts-service";

    /** The alert as others read it, on the topic of its channel. */
    public Event<AlertRaised> toEvent() {
        AlertRaised data =
                new AlertRaised(account, kind.wireName(), at, title, facts, channel.name(), audience, causedBy);
        return Event.of(id, EventType.ALERT_RAISED, SOURCE, account, at, causedBy, data)
                .on(channel.topic());
    }
}
