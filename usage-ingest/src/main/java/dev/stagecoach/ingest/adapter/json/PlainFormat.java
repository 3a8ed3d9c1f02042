package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.ingest.field.Fields;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.ping.Ping;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ping of any product. Whoever writes one can put it right, so every value must be what it should be:
 * {@code {"instance", "product"?, "version", "at"?, "sentAt"?, "account"?, "production"?, "activeUsers"?: {day, week, month, rollingMonth,
 * dayStart, monthStart}, "features"?: {name: count}}}.
 */
final class PlainFormat implements PingFormat {
    @Override
    public @Nullable String keyIn(ObjectNode json) {
        return Json.text(json, "writeKey", "licenseKey", "licenceKey", "LicenseKey");
    }

    @Override
    public Ping read(ObjectNode json, Instant receivedAt) throws UnusableException {
        return new Ping(
                Fields.text("instance", Json.text(json, "instance"), "the id of the instance"),
                Fields.optionalText("product", Json.text(json, "product")),
                Fields.text("version", Json.text(json, "version"), "the version of the product"),
                account(json),
                production(json),
                time(json, "at"),
                Fields.timeOrNull(Json.text(json, "sentAt")),
                activeUsers(json.path("activeUsers"), PeriodStarts.until(receivedAt)),
                features(json.path("features")));
    }

    private static @Nullable String account(ObjectNode json) throws UnusableException {
        String own = Json.text(json, "account", "groupId");
        return Fields.optionalText("account", own != null ? own : Json.text(json.path("context"), "groupId"));
    }

    private static @Nullable Boolean production(ObjectNode json) throws UnusableException {
        JsonNode value = json.path("production");
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new UnusableException("production: " + Json.shown(value) + " (expected: true or false)");
        }
        return value.booleanValue();
    }

    private static @Nullable Instant time(ObjectNode json, String name) throws UnusableException {
        JsonNode value = json.path(name);
        return isAbsent(value) ? null : Fields.time(name, value.asText());
    }

    private static ActiveUsers activeUsers(JsonNode json, PeriodStarts starts) throws UnusableException {
        requireObject("activeUsers", json);
        return new ActiveUsers(
                count(json, "day"),
                count(json, "week"),
                count(json, "month"),
                count(json, "rollingMonth"),
                start(json, "dayStart", starts),
                start(json, "monthStart", starts));
    }

    private static @Nullable Integer count(JsonNode json, String name) throws UnusableException {
        JsonNode value = json.path(name);
        if (isAbsent(value)) {
            return null;
        }
        Integer count = Json.users(json, name);
        if (count == null) {
            throw new UnusableException("activeUsers." + name + ": " + Json.shown(value)
                    + " (expected: a whole number from 0 to " + Json.MOST_USERS + ", or nothing when unknown)");
        }
        return count;
    }

    private static @Nullable LocalDate start(JsonNode json, String name, PeriodStarts starts) throws UnusableException {
        JsonNode value = json.path(name);
        if (isAbsent(value)) {
            return null;
        }
        LocalDate start = date(name, value);
        if (!starts.contain(start)) {
            throw new UnusableException(
                    "activeUsers." + name + ": " + Fields.shown(value.asText()) + " (expected: " + starts + ")");
        }
        return start;
    }

    private static LocalDate date(String name, JsonNode value) throws UnusableException {
        try {
            return LocalDate.parse(value.asText());
        } catch (DateTimeException e) {
            throw new UnusableException("activeUsers." + name + ": " + Fields.shown(value.asText())
                    + " (expected: a date such as 2026-02-03)");
        }
    }

    private static Map<String, Long> features(JsonNode json) throws UnusableException {
        requireObject("features", json);
        Map<String, Long> features = new HashMap<>();
        for (Map.Entry<String, JsonNode> feature : json.properties()) {
            String name = Fields.text("features", feature.getKey(), "the name of a feature");
            JsonNode count = feature.getValue();
            if (!count.isIntegralNumber() || !count.canConvertToLong() || count.longValue() < 0) {
                throw new UnusableException(
                        "features." + name + ": " + Json.shown(count) + " (expected: a whole number >= 0)");
            }
            features.put(name, count.longValue());
        }
        return features;
    }

    private static void requireObject(String name, JsonNode json) throws UnusableException {
        if (!json.isObject() && !isAbsent(json)) {
            throw new UnusableException(name + ": " + Json.shown(json) + " (expected: a JSON object)");
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value instanceof MissingNode || value.isNull();
    }
}
