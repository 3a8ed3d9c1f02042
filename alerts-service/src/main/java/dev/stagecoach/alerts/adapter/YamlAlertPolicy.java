package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.alerts.policy.Route;
import dev.stagecoach.alerts.seats.SeatThresholds;
import dev.stagecoach.events.Stage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The alert policy as a YAML file. */
final class YamlAlertPolicy {
    private static final String BUILT_IN = "/policy/alerts.yaml";
    private static final int MOST_PERCENT = 1000;
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
        YamlMap root = YamlMap.read(file, reader).onlyWith("version", "channels", "alerts");
        Map<String, Channel> channels = channels(root.map("channels"));
        YamlMap alerts = root.map("alerts");
        Map<AlertKind, Route> routes = routes(alerts, channels);
        return new AlertPolicy(
                root.text("version"),
                List.copyOf(channels.values()),
                routes,
                executiveStages(alerts),
                seats(alerts),
                executiveFrom(alerts));
    }

    private static Map<String, Channel> channels(YamlMap section) {
        Map<String, Channel> channels = new java.util.LinkedHashMap<>();
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

    private static Map<AlertKind, Route> routes(YamlMap alerts, Map<String, Channel> channels) {
        Map<AlertKind, Route> routes = new EnumMap<>(AlertKind.class);
        for (String name : alerts.names()) {
            AlertKind kind = AlertKind.byWireName(name)
                    .orElseThrow(() -> alerts.error(name, "unknown (expected one of: " + AlertKind.accepted() + ")"));
            YamlMap rule = alerts.map(name).onlyWith(settingsOf(kind));
            Channel channel = channels.get(rule.text("channel"));
            if (channel == null) {
                throw rule.error(
                        "channel",
                        rule.text("channel") + " (expected one of: " + String.join(", ", channels.keySet()) + ")");
            }
            routes.put(kind, new Route(channel, audience(rule)));
        }
        return routes;
    }

    private static String[] settingsOf(AlertKind kind) {
        List<String> settings = new ArrayList<>(List.of("channel", "audience"));
        if (kind == AlertKind.STAGE_CHANGED) {
            settings.add("account-executive-stages");
        }
        if (kind == AlertKind.SEAT_UTILIZATION) {
            settings.addAll(List.of("rising", "falling", "margin", "account-executive-from"));
        }
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

    private static Set<Stage> executiveStages(YamlMap alerts) {
        if (!alerts.names().contains(AlertKind.STAGE_CHANGED.wireName())) {
            return Set.of();
        }
        YamlMap rule = alerts.map(AlertKind.STAGE_CHANGED.wireName());
        Set<Stage> stages = new HashSet<>();
        for (String name : rule.texts("account-executive-stages")) {
            try {
                stages.add(Stage.of(name));
            } catch (IllegalArgumentException e) {
                throw rule.error("account-executive-stages", String.valueOf(e.getMessage()));
            }
        }
        return stages;
    }

    private static SeatThresholds seats(YamlMap alerts) {
        if (!alerts.names().contains(AlertKind.SEAT_UTILIZATION.wireName())) {
            return new SeatThresholds(List.of(), List.of(), 0);
        }
        YamlMap rule = alerts.map(AlertKind.SEAT_UTILIZATION.wireName());
        try {
            return new SeatThresholds(
                    rule.numbers("rising", 1, MOST_PERCENT),
                    rule.numbers("falling", 1, MOST_PERCENT),
                    rule.number("margin", 0, 100));
        } catch (IllegalArgumentException e) {
            throw rule.error("falling", String.valueOf(e.getMessage()));
        }
    }

    private static int executiveFrom(YamlMap alerts) {
        return alerts.names().contains(AlertKind.SEAT_UTILIZATION.wireName())
                ? alerts.map(AlertKind.SEAT_UTILIZATION.wireName()).number("account-executive-from", 1, MOST_PERCENT)
                : MOST_PERCENT;
    }
}
