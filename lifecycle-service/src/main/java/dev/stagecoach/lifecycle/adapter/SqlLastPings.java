package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.policy.Policy;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When instances pinged last, those first that have not for longest. */
@ApplicationScoped
class SqlLastPings {
    /** Those that pinged, and those that are only known by name; not of accounts that have left. */
    private static final String INSTANCES = """
            with rule as (select * from unnest(?::text[], ?::int[]) as each (segment, days)),
            known as (
                select account, instance, production, version, first_ping_at, last_ping_at from instance
                union all
                select j.account, told ->> 'id', (told ->> 'production')::boolean, null, null, null
                from journey j cross join jsonb_array_elements(j.facts -> 'instances') told
                where not exists (select from instance i where i.account = j.account and i.instance = told ->> 'id')),
            standing as (
                select k.*, j.facts ->> 'name' as name, j.stage,
                       coalesce(j.stage = any (?) and k.last_ping_at < c.at - make_interval(days => r.days), false) as silent
                from known k
                join journey j on j.account = k.account and j.facts is not null
                join rule r on r.segment = j.facts ->> 'segment'
                left join partition_clock c on c.partition = j.partition
                where j.stage is distinct from 'Churned')
            """;

    private static final String PAGE = INSTANCES + """
            select account, name, stage, instance, production, version, first_ping_at, last_ping_at, silent from standing
            where (?::text is null or account = ?)
              and (coalesce(last_ping_at, '-infinity'), account, instance) > (?::timestamptz, ?, ?)
            order by coalesce(last_ping_at, '-infinity'), account, instance limit ?
            """;
    private static final String COUNTS = INSTANCES + """
            select count(*), count(*) filter (where silent), count(*) filter (where last_ping_at is null) from standing
            where (?::text is null or account = ?)
            """;

    private static final List<Stage> CUSTOMERS =
            List.of(Stage.ONBOARDING, Stage.ADOPTING, Stage.NURTURING, Stage.RENEWING);

    private final AgroalDataSource database;
    private final Policy policy;

    SqlLastPings(AgroalDataSource database, Policy policy) {
        this.database = database;
        this.policy = policy;
    }

    /**
     * An instance of an account.
     *
     * @param stage of the account; null before Prospect
     * @param lastPingAt null when it has never pinged
     * @param silent whether it belongs to a customer and has not pinged for longer than the policy allows
     */
    record LastPing(
            String account,
            String name,
            @Nullable Stage stage,
            String instance,
            boolean production,
            @Nullable String version,
            @Nullable Instant firstPingAt,
            @Nullable Instant lastPingAt,
            boolean silent) {}

    /** How many there are in all. */
    record Counts(long instances, long silent, long neverPinged) {}

    /** Where a page ends. */
    record Place(@Nullable Instant lastPingAt, String account, String instance) {
        /** Before all of them. */
        static final Place START = new Place(null, "", "");
    }

    List<LastPing> page(@Nullable String account, Place after, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement read = connection.prepareStatement(PAGE)) {
            int next = bind(connection, read, account);
            read.setString(
                    next++,
                    after.lastPingAt() == null
                            ? "-infinity"
                            : after.lastPingAt().toString());
            read.setString(next++, after.account());
            read.setString(next++, after.instance());
            read.setInt(next, limit);
            try (ResultSet rows = read.executeQuery()) {
                List<LastPing> page = new ArrayList<>();
                while (rows.next()) {
                    page.add(lastPing(rows));
                }
                return page;
            }
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }

    Counts counts(@Nullable String account) {
        try (Connection connection = database.getConnection();
                PreparedStatement read = connection.prepareStatement(COUNTS)) {
            bind(connection, read, account);
            try (ResultSet row = read.executeQuery()) {
                row.next();
                return new Counts(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }

    /** The number of the next parameter. */
    private int bind(Connection connection, PreparedStatement read, @Nullable String account) throws SQLException {
        List<Segment> segments = List.of(Segment.values());
        read.setArray(
                1,
                connection.createArrayOf(
                        "text", segments.stream().map(Segment::wireName).toArray()));
        read.setArray(
                2,
                connection.createArrayOf(
                        "int",
                        segments.stream()
                                .map(segment -> policy.of(segment).usage().silenceDays())
                                .toArray()));
        read.setArray(
                3,
                connection.createArrayOf(
                        "text", CUSTOMERS.stream().map(Stage::wireName).toArray()));
        read.setString(4, account);
        read.setString(5, account);
        return 6;
    }

    private static LastPing lastPing(ResultSet row) throws SQLException {
        String stage = row.getString(3);
        return new LastPing(
                row.getString(1),
                row.getString(2),
                stage == null ? null : Stage.of(stage),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6),
                SqlRows.instant(row, 7),
                SqlRows.instant(row, 8),
                row.getBoolean(9));
    }
}
