package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Accounts;
import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.account.Measured;
import dev.stagecoach.alerts.account.Profile;
import dev.stagecoach.alerts.account.Standing;
import dev.stagecoach.alerts.seats.SeatMarks;
import dev.stagecoach.events.Stage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts in the transaction of a batch. */
record JdbcAccounts(Connection transaction) implements Accounts {
    private static final String SELECT = """
            select id, name, unlimited_seats, renews_on, facts_at, stage, stage_since, usage_as_of, mau, seats,
                   utilization, usage, seats_reached, seats_held, seats_marked
            from account where id = any (?)
            """;
    private static final String UPSERT = """
            insert into account (id, name, unlimited_seats, renews_on, facts_at, stage, stage_since, usage_as_of,
                                 mau, seats, utilization, usage, seats_reached, seats_held, seats_marked)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set
                name = excluded.name, unlimited_seats = excluded.unlimited_seats, renews_on = excluded.renews_on,
                facts_at = excluded.facts_at, stage = excluded.stage, stage_since = excluded.stage_since,
                usage_as_of = excluded.usage_as_of, mau = excluded.mau,
                seats = excluded.seats, utilization = excluded.utilization, usage = excluded.usage,
                seats_reached = excluded.seats_reached, seats_held = excluded.seats_held,
                seats_marked = excluded.seats_marked
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
        return new Account(row.getString("id"), profile(row), standing(row), measured(row), marks(row));
    }

    private static @Nullable Profile profile(ResultSet row) throws SQLException {
        Instant at = instant(row, "facts_at");
        return at == null
                ? null
                : new Profile(
                        row.getString("name"),
                        row.getBoolean("unlimited_seats"),
                        row.getObject("renews_on", LocalDate.class),
                        at);
    }

    private static @Nullable Standing standing(ResultSet row) throws SQLException {
        Instant since = instant(row, "stage_since");
        String stage = row.getString("stage");
        return since == null ? null : new Standing(stage == null ? null : Stage.of(stage), since);
    }

    private static @Nullable Measured measured(ResultSet row) throws SQLException {
        Instant asOf = instant(row, "usage_as_of");
        return asOf == null
                ? null
                : new Measured(
                        asOf,
                        row.getObject("mau", Integer.class),
                        row.getObject("seats", Integer.class),
                        row.getObject("utilization", Double.class),
                        row.getObject("usage", Double.class));
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
    public void keep(Collection<Account> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = transaction.prepareStatement(UPSERT)) {
            for (Account account : accounts) {
                bind(upsert, account);
                upsert.addBatch();
            }
            upsert.executeBatch();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void bind(PreparedStatement upsert, Account account) throws SQLException {
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
    }

    private Array numbers(Set<Integer> values) throws SQLException {
        return transaction.createArrayOf("int4", values.toArray());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
