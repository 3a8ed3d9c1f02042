package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something the team should know.
 *
 * @param id derived from the fact that raised it, so that the fact raises it once
 * @param at when the fact happened
 * @param facts the numbers, {@code why} in words and the {@code link} to the account
 * @param matter null where each alert stands for itself
 * @param coolDown for how long it keeps others of its matter away that are not worse
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
        @Nullable Matter matter,
        Duration coolDown,
        String causedBy) {
    /** The fact that says in which state an alert comes, where that is not open. */
    public static final String STATE = "state";

    private static final String SOURCE = "/alerts-service";

    /** The same with another fact. */
    public Alert with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new Alert(id, kind, account, at, title, more, channel, audience, matter, coolDown, causedBy);
    }

    /** The alert as others read it, on the topic of its channel. */
    public Event<AlertRaised> toEvent() {
        AlertRaised data =
                new AlertRaised(account, kind.wireName(), at, title, facts, channel.name(), audience, causedBy);
        return Event.of(id, EventType.ALERT_RAISED, SOURCE, account, at, causedBy, data)
                .on(channel.topic());
    }
}
