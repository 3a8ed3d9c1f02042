package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.lifecycle.Happening.Pinged;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.adapter.SqlPings.InstanceKey;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.usage.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which account has used which feature. What the first ping of an instance reports was in use before we heard of it, so it is
 * the baseline and no news.
 */
final class SqlFeatures {
    private static final String READ = """
            select account, feature
            from feature join unnest(?::text[], ?::text[]) as seen (account, feature) using (account, feature)
            """;
    private static final String WRITE = """
            insert into feature (account, feature, seen_at, source, cause, told)
            select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::boolean[])
            on conflict do nothing
            """;
    private static final String UNTOLD = """
            select account, feature, source, seen_at, cause
            from feature where account = any (?) and not told
            order by account, seen_at, feature
            """;
    private static final String TELL = "update feature set told = true where account = any (?) and not told";

    private final Connection connection;

    SqlFeatures(Connection connection) {
        this.connection = connection;
    }

    private record Key(String account, String feature) {}

    private record Seen(FirstUse use, boolean baseline) {}

    /** Features that nobody has decided on yet, by account. */
    Map<String, List<FirstUse>> untold(Set<String> accounts) throws SQLException {
        Map<String, List<FirstUse>> untold = new HashMap<>();
        try (PreparedStatement read = connection.prepareStatement(UNTOLD)) {
            read.setArray(1, connection.createArrayOf("text", accounts.toArray()));
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    untold.computeIfAbsent(rows.getString(1), account -> new ArrayList<>())
                            .add(new FirstUse(
                                    rows.getString(2),
                                    Source.of(rows.getString(3)),
                                    rows.getObject(4, OffsetDateTime.class).toInstant(),
                                    rows.getString(5)));
                }
            }
        }
        return untold;
    }

    /** Marks all features of the accounts as decided on. */
    void tell(Set<String> accounts) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(TELL)) {
            write.setArray(1, connection.createArrayOf("text", accounts.toArray()));
            write.executeUpdate();
        }
    }

    void note(List<Pinged> pings, List<Used> events, Set<InstanceKey> unheardOf) throws SQLException {
        Map<Key, Seen> seen = new LinkedHashMap<>();
        Set<InstanceKey> first = new HashSet<>(unheardOf);
        for (Pinged pinged : pings) {
            note(pinged, first.remove(SqlPings.keyOf(pinged.ping())), seen);
        }
        for (Used used : events) {
            UsageEvent event = used.event();
            seen.putIfAbsent(
                    new Key(event.account(), event.feature()),
                    new Seen(new FirstUse(event.feature(), Source.EVENT, event.at(), used.id()), false));
        }
        if (!seen.isEmpty()) {
            seen.keySet().removeAll(known(seen.keySet()));
            write(seen);
        }
    }

    private static void note(Pinged pinged, boolean baseline, Map<Key, Seen> seen) {
        UsagePing ping = pinged.ping();
        ping.features().entrySet().stream()
                .filter(feature -> feature.getValue() > 0)
                .map(Map.Entry::getKey)
                // The order of a map is not that of the ping; the order of decisions must not depend on it.
                .sorted()
                .forEach(feature -> seen.putIfAbsent(
                        new Key(ping.account(), feature),
                        new Seen(new FirstUse(feature, Source.PING, ping.at(), pinged.id()), baseline)));
    }

    private Set<Key> known(Set<Key> keys) throws SQLException {
        Set<Key> known = new HashSet<>();
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            SqlColumns.of(connection, read, keys).column("text", Key::account).column("text", Key::feature);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    known.add(new Key(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return known;
    }

    private void write(Map<Key, Seen> seen) throws SQLException {
        if (seen.isEmpty()) {
            return;
        }
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
            SqlColumns.of(connection, write, seen.entrySet())
                    .column("text", feature -> feature.getKey().account())
                    .column("text", feature -> feature.getKey().feature())
                    .column("timestamptz", feature -> usedAt(feature.getValue()).toString())
                    .column("text", feature -> feature.getValue().use().source().wireName())
                    .column("text", feature -> feature.getValue().use().causedBy())
                    .column("boolean", feature -> feature.getValue().baseline());
            write.executeUpdate();
        }
    }

    private static Instant usedAt(Seen seen) {
        return seen.use().usedAt();
    }
}
