package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.adapter.SystemPage.DayCount;
import dev.stagecoach.alerts.adapter.SystemPage.DeadLetter;
import dev.stagecoach.alerts.adapter.SystemPage.Delivery;
import dev.stagecoach.alerts.adapter.SystemPage.Rejected;
import dev.stagecoach.alerts.operation.Observed;
import dev.stagecoach.events.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what an operator looks at and this service has stored. */
@ApplicationScoped
class JdbcSystem {
    private static final int MOST = 100;
    private static final int MOST_REASON_DAYS = 2_000;
    private static final int DAYS_SHOWN = 30;
    private static final int DAYS_OF_DEAD_LETTERS = 7;

    private static final String DELIVERIES = """
            select a.title, a.channel, d.state, d.attempts, d.last_error
            from delivery d join alert a on a.id = d.alert
            where d.state = 'failed' or (d.state = 'waiting' and d.last_error is not null)
            order by d.changed_at desc limit\s""" + MOST;
    private static final String DEAD_LETTERS = """
            select topic, partition, at_offset, key, reason, recorded_at
            from dead_letter order by recorded_at desc limit\s""" + MOST;
    private static final String OWN_DEAD_LETTERS = "select count(*) from dead_letter where recorded_at >= ?";
    private static final String REJECTS = """
            select topic, origin, reason, day, records, last_at, last_place, last_account
            from reject where day >= ? order by day desc, records desc limit\s""" + MOST_REASON_DAYS;
    private static final String NOW = "select at from clock";

    private final DataSource database;

    JdbcSystem(DataSource database) {
        this.database = database;
    }

    /**
     * What is stored.
     *
     * @param now the time as ticks tell it
     * @param rejects by topic
     * @param passedOver by service, within a week
     * @param rejected usage on the day of the latest tick and the one before
     */
    record Stored(
            Optional<Instant> now,
            List<Rejected> rejects,
            List<Observed.Count> passedOver,
            long rejected,
            List<DeadLetter> own,
            List<Delivery> deliveries) {
        List<Rejected> quarantine() {
            return rejects.stream()
                    .filter(one -> one.topic().equals(Topics.USAGE_QUARANTINE))
                    .toList();
        }

        List<Rejected> deadLetters() {
            return rejects.stream()
                    .filter(one -> !one.topic().equals(Topics.USAGE_QUARANTINE))
                    .toList();
        }
    }

    /** @param today by the clock on the wall */
    Stored read(LocalDate today) {
        try (Connection connection = database.getConnection()) {
            Optional<Instant> now = now(connection);
            // Days of usage are those of ticks, which a time-lapse has its own of; in earnest they are the same.
            LocalDate day = now.map(PageText::dayOf)
                    .filter(tick -> tick.isBefore(today))
                    .orElse(today);
            List<Row> rows = rejects(connection, day.minusDays(DAYS_SHOWN));
            return new Stored(
                    now,
                    byReason(rows),
                    passedOver(connection, rows, day.minusDays(DAYS_OF_DEAD_LETTERS)),
                    rows.stream()
                            .filter(row -> row.topic().equals(Topics.USAGE_QUARANTINE))
                            .filter(row -> !row.day().isBefore(day.minusDays(1)))
                            .mapToLong(Row::records)
                            .sum(),
                    list(connection, DEAD_LETTERS, JdbcSystem::deadLetter),
                    list(connection, DELIVERIES, JdbcSystem::delivery));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** The time as ticks tell it; empty before the first one. */
    Optional<Instant> now() {
        try (Connection connection = database.getConnection()) {
            return now(connection);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** The same, by a connection that is at hand. */
    static Optional<Instant> now(Connection connection) throws SQLException {
        return list(connection, NOW, row -> instant(row, 1)).stream().findFirst();
    }

    private record Row(
            String topic,
            String origin,
            String reason,
            LocalDate day,
            long records,
            Instant lastAt,
            String lastPlace,
            @Nullable String lastAccount) {}

    private static List<Row> rejects(Connection connection, LocalDate from) throws SQLException {
        return list(
                connection,
                REJECTS,
                row -> new Row(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getLong(5),
                        instant(row, 6),
                        row.getString(7),
                        row.getString(8)),
                from);
    }

    /** The most frequent first. */
    private static List<Rejected> byReason(List<Row> rows) {
        Map<List<String>, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(
                        List.of(row.topic(), row.origin(), row.reason()), key -> new ArrayList<>())
                .add(row));
        return groups.values().stream()
                .map(JdbcSystem::rejected)
                .sorted(Comparator.comparing(Rejected::records).reversed())
                .limit(MOST)
                .toList();
    }

    /** @param days of one reason, the latest first */
    private static Rejected rejected(List<Row> days) {
        Row last = days.get(0);
        return new Rejected(
                last.topic(),
                last.reason(),
                last.origin(),
                days.stream().mapToLong(Row::records).sum(),
                days.stream()
                        .map(row -> new DayCount(PageText.date(row.day()), row.records()))
                        .toList(),
                new Moment(last.lastAt()),
                last.lastPlace(),
                last.lastAccount());
    }

    private static List<Observed.Count> passedOver(Connection connection, List<Row> rows, LocalDate from)
            throws SQLException {
        Map<String, Long> services = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> !row.topic().equals(Topics.USAGE_QUARANTINE))
                .filter(row -> !row.day().isBefore(from))
                .forEach(row ->
                        services.merge(row.topic().replaceFirst("\\.dead-letters$", ""), row.records(), Long::sum));
        Instant aWeekAgo = Instant.now().minus(Duration.ofDays(DAYS_OF_DEAD_LETTERS));
        services.put(
                KafkaInputs.GROUP,
                list(connection, OWN_DEAD_LETTERS, row -> row.getLong(1), aWeekAgo.atOffset(ZoneOffset.UTC))
                        .get(0));
        return services.entrySet().stream()
                .map(service -> new Observed.Count(service.getKey(), service.getValue()))
                .toList();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString(1),
                row.getString(2),
                row.getString(3).equals("failed") ? "given up" : "tried again",
                row.getInt(4),
                row.getString(5));
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        byte[] key = row.getBytes(4);
        return new DeadLetter(
                row.getString(1) + "-" + row.getInt(2) + "@" + row.getLong(3),
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                row.getString(1).equals(Topics.CONTACTS) ? "not shown, as it may name a person" : row.getString(5),
                instant(row, 6));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static <T> List<T> list(Connection connection, String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
        }
        return found;
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
