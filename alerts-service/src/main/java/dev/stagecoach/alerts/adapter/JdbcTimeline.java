package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.alerts.history.EntryKind;
import dev.stagecoach.events.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what happened to an account. Each question is one statement that an index answers.
 *
 * @param connection by which all is read
 */
record JdbcTimeline(Connection connection, String account) {
    private static final String COLUMNS = """
            select t.id, t.at, t.rank, t.kind, t.title, t.detail, t.caused_by, t.record, t.type, t.data,
                   c.title as cause_title, c.id as cause_id, c.at as cause_at
            from timeline t left join timeline c on c.account = t.account and c.id = t.caused_by
            where t.account = ?
            """;
    private static final String ORDER = " order by t.at desc, t.rank desc, t.id desc limit ?";
    private static final String OF_KIND = """
            select t.id, t.at, t.rank, t.kind, t.title, t.detail, t.caused_by, t.record, t.type, t.data,
                   null as cause_title, null as cause_id, null::timestamptz as cause_at
            from timeline t where t.account = ? and t.kind = ?
            """ + ORDER;
    private static final String ONE = COLUMNS + " and t.id = ?";
    private static final String EFFECTS = COLUMNS + " and t.caused_by = ?" + ORDER;
    private static final String COUNTS = """
            select kind, count(*) from timeline where account = ? group by kind
            """;

    /**
     * An entry as it is stored.
     *
     * @param causeId of the entry that caused it, where that is one of this timeline
     */
    record Line(
            String id,
            Instant at,
            int rank,
            EntryKind kind,
            String title,
            @Nullable String detail,
            @Nullable String causedBy,
            String record,
            String type,
            String json,
            @Nullable String causeId,
            @Nullable String causeTitle,
            @Nullable Instant causeAt) {
        TimelineCursor cursor() {
            return new TimelineCursor(at, rank, id);
        }

        /** What the record says. */
        JsonNode data() {
            return read(json, JsonNode.class);
        }

        <T> T dataAs(Class<T> type) {
            return read(json, type);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return EventCodec.json().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON is no " + type.getSimpleName(), e);
        }
    }

    List<Line> newest(Optional<EntryKind> kind, Optional<TimelineCursor> before, int limit) throws SQLException {
        StringBuilder sql = new StringBuilder(COLUMNS);
        List<Object> parameters = new ArrayList<>(List.of(account));
        kind.ifPresent(one -> {
            sql.append(" and t.kind = ?");
            parameters.add(one.wireName());
        });
        before.ifPresent(cursor -> {
            sql.append(" and (t.at, t.rank, t.id) < (?, ?, ?)");
            parameters.addAll(List.of(cursor.at().atOffset(ZoneOffset.UTC), cursor.rank(), cursor.id()));
        });
        parameters.add(limit);
        return list(sql.append(ORDER).toString(), parameters.toArray());
    }

    /** Newest first, without what caused them. */
    List<Line> of(EntryKind kind, int limit) throws SQLException {
        return list(OF_KIND, account, kind.wireName(), limit);
    }

    Optional<Line> entry(String id) throws SQLException {
        return list(ONE, account, id).stream().findFirst();
    }

    /** What happened because of an event, newest first. */
    List<Line> effects(String id, int limit) throws SQLException {
        return list(EFFECTS, account, id, limit);
    }

    Map<EntryKind, Long> counts() throws SQLException {
        Map<EntryKind, Long> counts = new EnumMap<>(EntryKind.class);
        try (PreparedStatement select = connection.prepareStatement(COUNTS)) {
            select.setString(1, account);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(kind(rows.getString(1)), rows.getLong(2));
                }
            }
        }
        return counts;
    }

    private List<Line> list(String sql, Object... parameters) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(line(rows));
                }
            }
        }
        return lines;
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getInt("rank"),
                kind(row.getString("kind")),
                row.getString("title"),
                row.getString("detail"),
                row.getString("caused_by"),
                row.getString("record"),
                row.getString("type"),
                row.getString("data"),
                row.getString("cause_id"),
                row.getString("cause_title"),
                instant(row, "cause_at"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static EntryKind kind(String name) {
        return EntryKind.byWireName(name).orElseThrow(() -> new IllegalStateException("no kind of entry: " + name));
    }
}
