package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.ingest.field.Fields;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The active users in {@code act}: {@code DAUs}, {@code WAUs}, {@code MAUs} and {@code RMAUs}, each a list of
 * {@code {StartTime, UserCount, …}}, of which the newest period counts. Instances with critical telemetry only send MAUs alone: the
 * other counts are then unknown. Old instances send {@code act} as a text that holds JSON, older ones only {@code u}.
 */
final class SiteActivity {
    private SiteActivity() {}

    static ActiveUsers activeUsers(ObjectNode ping, Instant receivedAt) {
        PeriodStarts starts = PeriodStarts.until(receivedAt);
        JsonNode activity = activity(ping);
        Period day = newest(activity.path("DAUs"), starts);
        Period week = newest(activity.path("WAUs"), starts);
        Period month = newest(activity.path("MAUs"), starts);
        Period rollingMonth = newest(activity.path("RMAUs"), starts);
        return new ActiveUsers(
                // Zero is left out of "u", and so is every count in critical telemetry: no "u" is unknown.
                day != null ? day.users : Json.users(ping, "u"),
                week != null ? week.users : null,
                month != null ? month.users : null,
                rollingMonth != null ? rollingMonth.users : null,
                day != null ? day.start : null,
                month != null ? month.start : null);
    }

    private static JsonNode activity(ObjectNode ping) {
        JsonNode activity = ping.path("act");
        if (!activity.isTextual()) {
            return activity;
        }
        try {
            return EventCodec.json().readTree(activity.textValue());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static @Nullable Period newest(JsonNode periods, PeriodStarts starts) {
        Period newest = null;
        for (JsonNode json : periods) {
            Period period = period(json);
            if (period != null
                    && starts.contain(period.start)
                    && (newest == null || period.start.isAfter(newest.start))) {
                newest = period;
            }
        }
        return newest;
    }

    private static @Nullable Period period(JsonNode json) {
        Instant start = Fields.timeOrNull(Json.text(json, "StartTime"));
        Integer users = Json.users(json, "UserCount");
        return start == null || users == null
                ? null
                : new Period(start.atZone(ZoneOffset.UTC).toLocalDate(), users);
    }

    private record Period(LocalDate start, Integer users) {}
}
