package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Accounts;
import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.account.Health;
import dev.stagecoach.alerts.account.Measured;
import dev.stagecoach.alerts.account.Profile;
import dev.stagecoach.alerts.account.Standing;
import dev.stagecoach.alerts.account.Term;
import dev.stagecoach.alerts.seats.SeatMarks;
import dev.stagecoach.alerts.usage.Crossing;
import dev.stagecoach.alerts.usage.TargetMarks;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts in the transaction of a batch. */
record JdbcAccounts(Connection transaction) implements Accounts {
    private static final String SELECT = """
            select id, name, unlimited_seats, renews_on, facts_at, stage, stage_since, usage_as_of, mau, seats,
                   utilization, usage, seats_reached, seats_held, seats_marked, segment, technical_advisor,
                   account_executive, closed_on, term_started_on, low_told_for, low_looked_for, usage_told,
                   usage_clear, health, health_score, health_at, usage_month,
                   next_due, partition
            from account where id = any (?)
            """;
    private static final String DUE = "select id from account where partition = ? and next_due <= ?";
    private static final String UPSERT = """
            insert into account (id, name, unlimited_seats, renews_on, facts_at, stage, stage_since, usage_as_of, mau, seats,
                                 utilization, usage, seats_reached, seats_held, seats_marked, segment, technical_advisor,
                                 account_executive, closed_on, term_started_on, low_told_for, low_looked_for, usage_told,
                                 usage_clear, health, health_score, health_at, next_due, partition, usage_month)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set
                name = excluded.name, unlimited_seats = excluded.unlimited_seats, renews_on = excluded.renews_on,
                facts_at = excluded.facts_at, stage = excluded.stage, stage_since = excluded.stage_since,
                usage_as_of = excluded.usage_as_of, mau = excluded.mau, seats = excluded.seats, utilization =
                excluded.utilization, usage = excluded.usage, seats_reached = excluded.seats_reached, seats_held =
                excluded.seats_held, seats_marked = excluded.seats_marked, segment = excluded.segment,
                technical_advisor = excluded.technical_advisor, account_executive = excluded.account_executive,
                closed_on = excluded.closed_on, term_started_on = excluded.term_started_on, low_told_for =
                excluded.low_told_for, low_looked_for = excluded.low_looked_for, usage_told = excluded.usage_told,
                usage_clear = excluded.usage_clear, health = excluded.health, health_score = excluded.health_score,
                health_at = excluded.health_at, next_due = excluded.next_due, partition = excluded.partition,
                usage_month = excluded.usage_month
            """;

    @Override
    public Map<String, Account> known(Set<String> ids) {
        Map<String, Account> known = new HashMap<>();
        if (ids.isEmpty()) {
            return known;
        }
        try (PreparedStatement select = transaction.prepareStatement(SELECT)) {
            select.setArray(1, transaction.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Account account = read(rows);
                    known.put(account.id(), account);
                }
            }
            return known;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Account read(ResultSet row) throws SQLException {
        return new Account(
                row.getString("id"),
                profile(row),
                standing(row),
                measured(row),
                health(row),
                marks(row),
                target(row),
                term(row),
                instant(row, "next_due"));
    }

    private static @Nullable Profile profile(ResultSet row) throws SQLException {
        Instant at = instant(row, "facts_at");
        String segment = row.getString("segment");
        return at == null
                ? null
                : new Profile(
                        row.getString("name"),
                        segment == null ? null : Segment.of(segment),
                        row.getBoolean("unlimited_seats"),
                        row.getObject("closed_on", LocalDate.class),
                        row.getObject("renews_on", LocalDate.class),
                        new Owners(row.getString("technical_advisor"), row.getString("account_executive")),
                        at);
    }

    private static @Nullable Standing standing(ResultSet row) throws SQLException {
        Instant since = instant(row, "stage_since");
        String stage = row.getString("stage");
        return since == null ? null : new Standing(stage == null ? null : Stage.of(stage), since);
    }

    private static @Nullable Measured measured(ResultSet row) throws SQLException {
        Instant asOf = instant(row, "usage_as_of");
        String month = row.getString("usage_month");
        return asOf == null
                ? null
                : new Measured(
                        asOf,
                        month == null ? null : YearMonth.parse(month),
                        row.getObject("mau", Integer.class),
                        row.getObject("seats", Integer.class),
                        row.getObject("utilization", Double.class),
                        row.getObject("usage", Double.class));
    }

    private static @Nullable Health health(ResultSet row) throws SQLException {
        Instant at = instant(row, "health_at");
        return at == null
                ? null
                : new Health(HealthLevel.of(row.getString("health")), row.getObject("health_score", Double.class), at);
    }

    private static TargetMarks target(ResultSet row) throws SQLException {
        String told = row.getString("usage_told");
        return new TargetMarks(told == null ? null : Crossing.of(told), row.getBoolean("usage_clear"));
    }

    private static Term term(ResultSet row) throws SQLException {
        return new Term(
                row.getObject("term_started_on", LocalDate.class),
                row.getObject("low_told_for", LocalDate.class),
                row.getObject("low_looked_for", LocalDate.class));
    }

    private static SeatMarks marks(ResultSet row) throws SQLException {
        return new SeatMarks(
                Set.of((Integer[]) row.getArray("seats_reached").getArray()),
                Set.of((Integer[]) row.getArray("seats_held").getArray()),
                row.getObject("seats_marked", Integer.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    @Override
    public Map<String, Integer> due(Map<Integer, Instant> untilByPartition) {
        Map<String, Integer> due = new HashMap<>();
        try (PreparedStatement select = transaction.prepareStatement(DUE)) {
            for (Map.Entry<Integer, Instant> until : untilByPartition.entrySet()) {
                select.setInt(1, until.getKey());
                select.setObject(2, utc(until.getValue()));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        due.put(rows.getString("id"), until.getKey());
                    }
                }
            }
            return due;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public void keep(Map<Account, Integer> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = transaction.prepareStatement(UPSERT)) {
            for (Map.Entry<Account, Integer> account : accounts.entrySet()) {
                bind(upsert, account.getKey(), account.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void bind(PreparedStatement upsert, Account account, int partition) throws SQLException {
        Profile profile = account.profile();
        Standing standing = account.standing();
        Measured measured = account.measured();
        upsert.setString(1, account.id());
        upsert.setString(2, profile == null ? null : profile.name());
        upsert.setBoolean(3, account.countsAddressableUsers());
        upsert.setObject(4, profile == null ? null : profile.renewsOn());
        upsert.setObject(5, profile == null ? null : utc(profile.at()));
        upsert.setString(
                6,
                standing == null || standing.stage() == null
                        ? null
                        : standing.stage().wireName());
        upsert.setObject(7, standing == null ? null : utc(standing.since()));
        upsert.setObject(8, measured == null ? null : utc(measured.asOf()));
        upsert.setObject(9, measured == null ? null : measured.mau());
        upsert.setObject(10, measured == null ? null : measured.seats());
        upsert.setObject(11, measured == null ? null : measured.utilization());
        upsert.setObject(12, measured == null ? null : measured.usage());
        upsert.setArray(13, numbers(account.marks().reached()));
        upsert.setArray(14, numbers(account.marks().held()));
        upsert.setObject(15, account.marks().seats());
        upsert.setString(
                16,
                profile == null || profile.segment() == null
                        ? null
                        : profile.segment().wireName());
        upsert.setString(17, profile == null ? null : profile.owners().technicalAdvisor());
        upsert.setString(18, profile == null ? null : profile.owners().accountExecutive());
        upsert.setObject(19, profile == null ? null : profile.closedOn());
        upsert.setObject(20, account.term().startedOn());
        upsert.setObject(21, account.term().lowToldFor());
        upsert.setObject(22, account.term().lowLookedFor());
        Crossing told = account.target().told();
        upsert.setString(23, told == null ? null : told.wireName());
        upsert.setBoolean(24, account.target().clear());
        Health health = account.health();
        upsert.setString(25, health == null ? null : health.level().wireName());
        upsert.setObject(26, health == null ? null : health.score());
        upsert.setObject(27, health == null ? null : utc(health.at()));
        upsert.setObject(28, account.nextDue() == null ? null : utc(account.nextDue()));
        upsert.setInt(29, partition);
        upsert.setString(
                30,
                measured == null || measured.month() == null
                        ? null
                        : measured.month().toString());
    }

    private Array numbers(Set<Integer> values) throws SQLException {
        return transaction.createArrayOf("int4", values.toArray());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
