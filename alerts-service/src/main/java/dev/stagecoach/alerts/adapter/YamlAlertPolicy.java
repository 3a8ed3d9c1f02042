package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.alerts.policy.DigestPolicy;
import dev.stagecoach.alerts.policy.LowUtilization;
import dev.stagecoach.alerts.policy.Route;
import dev.stagecoach.alerts.policy.Rules;
import dev.stagecoach.alerts.seats.SeatThresholds;
import dev.stagecoach.alerts.usage.UsageTarget;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The alert policy as a YAML file. */
final class YamlAlertPolicy {
    private static final String BUILT_IN = "/policy/alerts.yaml";
    private static final int MOST_PERCENT = 1000;
    private static final int MOST_DAYS = 3650;
    private static final int MOST_PEOPLE = 1_000_000;
    private static final int DEFAULT_ACKNOWLEDGED_DAYS = 90;
    /** The topics that the contract names; others would have to be created first. */
    private static final List<String> TOPICS =
            List.of("alerts.customer-usage", "alerts.scaled-success", "alerts.gtm-operations");

    private YamlAlertPolicy() {}

    /** The policy in a file, or the built-in one. */
    static AlertPolicy load(Optional<Path> file) {
        String name = file.map(Path::toString).orElse("policy/alerts.yaml");
        try (Reader reader = file.isPresent()
                ? Files.newBufferedReader(file.get())
                : new InputStreamReader(
                        Objects.requireNonNull(YamlAlertPolicy.class.getResourceAsStream(BUILT_IN)),
                        StandardCharsets.UTF_8)) {
            return parse(name, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** @throws PolicyException naming the line */
    static AlertPolicy parse(String file, Reader reader) {
        YamlMap root = YamlMap.read(file, reader)
                .onlyWith("version", "channels", "alerts", "acknowledged-for-days", "segments", "weekly-digest");
        Map<String, Channel> channels = channels(root.map("channels"));
        YamlMap alerts = root.map("alerts");
        Rules rules = rules(alerts, alerts, channels);
        return new AlertPolicy(
                root.text("version"),
                List.copyOf(channels.values()),
                rules,
                segments(root, alerts, channels),
                Duration.ofDays(root.numberOr("acknowledged-for-days", 0, MOST_DAYS, DEFAULT_ACKNOWLEDGED_DAYS)),
                digest(root));
    }

    private static Map<Segment, Rules> segments(YamlMap root, YamlMap alerts, Map<String, Channel> channels) {
        Map<Segment, Rules> segments = new EnumMap<>(Segment.class);
        if (!root.has("segments")) {
            return segments;
        }
        YamlMap section = root.map("segments");
        for (String name : section.names()) {
            Segment segment;
            try {
                segment = Segment.of(name);
            } catch (IllegalArgumentException e) {
                throw section.error(name, String.valueOf(e.getMessage()));
            }
            YamlMap own = section.map(name);
            for (String kind : own.names()) {
                if (!alerts.has(kind)) {
                    throw own.error(
                            kind, "not among the alerts (expected one of: " + String.join(", ", alerts.names()) + ")");
                }
            }
            segments.put(segment, rules(alerts, own, channels));
        }
        return segments;
    }

    /**
     * The rules of a segment.
     *
     * @param own what it has of its own
     */
    private static Rules rules(YamlMap alerts, YamlMap own, Map<String, Channel> channels) {
        Map<AlertKind, YamlMap> kinds = new LinkedHashMap<>();
        for (String name : alerts.names()) {
            AlertKind kind = AlertKind.byWireName(name)
                    .orElseThrow(() -> alerts.error(name, "unknown (expected one of: " + AlertKind.accepted() + ")"));
            YamlMap rule = own.has(name) ? own.map(name).orElse(alerts.map(name)) : alerts.map(name);
            rule.onlyWith(settingsOf(kind));
            kinds.put(kind, rule);
        }
        return new Rules(
                routes(kinds, channels),
                executiveStages(kinds),
                seats(kinds),
                executiveFrom(kinds),
                usageTarget(kinds),
                lowUtilization(kinds),
                healthLevels(kinds));
    }

    private static Map<String, Channel> channels(YamlMap section) {
        Map<String, Channel> channels = new LinkedHashMap<>();
        for (String key : section.names()) {
            YamlMap channel = section.map(key).onlyWith("name", "topic", "broadcast");
            String topic = channel.text("topic");
            if (!TOPICS.contains(topic)) {
                throw channel.error("topic", topic + " (expected one of: " + String.join(", ", TOPICS) + ")");
            }
            channels.put(key, new Channel(key, channel.text("name"), topic, broadcast(channel)));
        }
        return channels;
    }

    private static Set<AlertKind> broadcast(YamlMap channel) {
        Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);
        if (channel.names().contains("broadcast")) {
            for (String name : channel.texts("broadcast")) {
                kinds.add(AlertKind.byWireName(name)
                        .orElseThrow(() ->
                                channel.error("broadcast", name + " (expected one of: " + AlertKind.accepted() + ")")));
            }
        }
        return kinds;
    }

    private static Map<AlertKind, Route> routes(Map<AlertKind, YamlMap> kinds, Map<String, Channel> channels) {
        Map<AlertKind, Route> routes = new EnumMap<>(AlertKind.class);
        kinds.forEach((kind, rule) -> {
            Channel channel = channels.get(rule.text("channel"));
            if (channel == null) {
                throw rule.error(
                        "channel",
                        rule.text("channel") + " (expected one of: " + String.join(", ", channels.keySet()) + ")");
            }
            Route route = new Route(
                    channel, audience(rule), Duration.ofDays(rule.numberOr("cool-down-days", 0, MOST_DAYS, 0)));
            if (!rule.flagOr("off", false)) {
                routes.put(kind, route);
            }
        });
        return routes;
    }

    private static String[] settingsOf(AlertKind kind) {
        List<String> settings = new ArrayList<>(List.of("channel", "audience"));
        settings.addAll(
                switch (kind) {
                    case STAGE_CHANGED -> List.of("account-executive-stages");
                    case SEAT_UTILIZATION -> List.of("rising", "falling", "margin", "account-executive-from");
                    case USAGE_TARGET -> List.of("threshold", "margin");
                    case LOW_UTILIZATION -> List.of("threshold", "from-day");
                    case HEALTH_CHANGED -> List.of("levels");
                    default -> List.of();
                });
        settings.addAll(List.of("cool-down-days", "off"));
        return settings.toArray(String[]::new);
    }

    private static List<String> audience(YamlMap rule) {
        List<String> audience = rule.texts("audience");
        for (String one : audience) {
            if (!one.equals(AlertPolicy.TEAM) && !one.equals(AlertPolicy.ACCOUNT_EXECUTIVE)) {
                throw rule.error(
                        "audience",
                        one + " (expected one of: " + AlertPolicy.TEAM + ", " + AlertPolicy.ACCOUNT_EXECUTIVE + ")");
            }
        }
        return audience;
    }

    private static Set<Stage> executiveStages(Map<AlertKind, YamlMap> kinds) {
        YamlMap rule = kinds.get(AlertKind.STAGE_CHANGED);
        return rule == null ? Set.of() : Set.copyOf(rule.names("account-executive-stages", Stage::of));
    }

    private static Set<HealthLevel> healthLevels(Map<AlertKind, YamlMap> kinds) {
        YamlMap rule = kinds.get(AlertKind.HEALTH_CHANGED);
        return rule == null ? Set.of() : Set.copyOf(rule.names("levels", HealthLevel::of));
    }

    private static SeatThresholds seats(Map<AlertKind, YamlMap> kinds) {
        YamlMap rule = kinds.get(AlertKind.SEAT_UTILIZATION);
        if (rule == null) {
            return new SeatThresholds(List.of(), List.of(), 0);
        }
        try {
            return new SeatThresholds(
                    rule.numbers("rising", 1, MOST_PERCENT),
                    rule.numbers("falling", 1, MOST_PERCENT),
                    rule.number("margin", 0, 100));
        } catch (IllegalArgumentException e) {
            throw rule.error("falling", String.valueOf(e.getMessage()));
        }
    }

    private static int executiveFrom(Map<AlertKind, YamlMap> kinds) {
        YamlMap rule = kinds.get(AlertKind.SEAT_UTILIZATION);
        return rule == null ? MOST_PERCENT : rule.number("account-executive-from", 1, MOST_PERCENT);
    }

    private static UsageTarget usageTarget(Map<AlertKind, YamlMap> kinds) {
        YamlMap rule = kinds.get(AlertKind.USAGE_TARGET);
        return rule == null
                ? new UsageTarget(100, 0)
                : new UsageTarget(rule.number("threshold", 1, 100), rule.number("margin", 0, 100));
    }

    private static LowUtilization lowUtilization(Map<AlertKind, YamlMap> kinds) {
        YamlMap rule = kinds.get(AlertKind.LOW_UTILIZATION);
        return rule == null
                ? new LowUtilization(0, MOST_DAYS)
                : new LowUtilization(rule.number("threshold", 1, MOST_PERCENT), rule.number("from-day", 0, MOST_DAYS));
    }

    private static DigestPolicy digest(YamlMap root) {
        if (!root.has("weekly-digest")) {
            return DigestPolicy.OFF;
        }
        YamlMap section = root.map("weekly-digest")
                .onlyWith("day", "time", "zone", "zones", "near-people", "renewal-days", "off");
        YamlMap zones = section.map("zones");
        Map<String, ZoneId> zoneOf = new HashMap<>();
        zones.names().forEach(owner -> zoneOf.put(owner, zone(zones, owner)));
        return new DigestPolicy(
                !section.flagOr("off", false),
                day(section),
                time(section),
                zone(section, "zone"),
                zoneOf,
                section.number("near-people", 0, MOST_PEOPLE),
                section.number("renewal-days", 0, MOST_DAYS));
    }

    private static DayOfWeek day(YamlMap section) {
        try {
            return DayOfWeek.valueOf(section.text("day").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw section.error("day", section.text("day") + " (expected: a day of the week, monday)");
        }
    }

    private static LocalTime time(YamlMap section) {
        try {
            return LocalTime.parse(section.text("time"));
        } catch (DateTimeException e) {
            throw section.error("time", section.text("time") + " (expected: hours and minutes, \"08:00\")");
        }
    }

    private static ZoneId zone(YamlMap section, String name) {
        try {
            return ZoneId.of(section.text(name));
        } catch (DateTimeException e) {
            throw section.error(name, section.text(name) + " (expected: a time zone, Europe/Berlin)");
        }
    }
}
