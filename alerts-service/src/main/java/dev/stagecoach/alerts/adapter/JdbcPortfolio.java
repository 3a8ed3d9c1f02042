package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import dev.stagecoach.alerts.AlertsSettings.Targets;
import dev.stagecoach.alerts.adapter.PortfolioCounts.Cell;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the portfolio. */
@ApplicationScoped
class JdbcPortfolio {
    /** More are not offered to choose from; any can be in the address. */
    private static final int MOST_OWNERS = 500;

    /** What needs attention (rule: docs/rules.md, portfolio), each with its points and how it reads. */
    private static final List<Concern> CONCERNS = List.of(
            new Concern("health = 'poor'", 40, "poor health"),
            new Concern(
                    "renews_on - today <= 120 and (utilization < target or usage < usage_target)",
                    30,
                    "renews soon and is below a target"),
            new Concern(
                    "stage = 'Onboarding' and today - closed_on >= 45 and utilization < goal",
                    30,
                    "behind the goal of Onboarding"),
            new Concern("health = 'concerning'", 20, "concerning health"),
            new Concern("stage <> 'Onboarding' and utilization < goal", 10, "low utilization"),
            new Concern("stage <> 'Onboarding' and utilization is null", 10, "utilization unknown"));

    private static final String COUNTS = "select stage, health, count(*) from portfolio, today where ";
    private static final String OWNERS = """
            select technical_advisor from portfolio where technical_advisor is not null
            union select account_executive from portfolio where account_executive is not null
            order by 1 limit\s""" + MOST_OWNERS;

    private final DataSource database;
    private final Targets targets;

    JdbcPortfolio(DataSource database, AlertsSettings settings) {
        this.database = database;
        this.targets = settings.alerts().console().targets();
    }

    PortfolioPage show(PortfolioQuery query) {
        try (Connection connection = database.getConnection()) {
            Optional<Instant> now = JdbcSystem.now(connection);
            PortfolioCounts counts = counts(connection, query, now);
            List<PortfolioLine> lines = new ArrayList<>();
            read(connection, query, now, PortfolioPage.ROWS, lines::add);
            return new PortfolioPage(
                    query, now, targets, counts, counts.sum(query.stage(), query.health()), lines, owners(connection));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** All accounts that a query finds, in its order, whatever its page. */
    void forEach(PortfolioQuery query, Consumer<PortfolioLine> consumer) {
        try (Connection connection = database.getConnection()) {
            read(connection, query.on(1), JdbcSystem.now(connection), Integer.MAX_VALUE, consumer);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** All but stage and health are filtered by: those are what is counted. */
    private static PortfolioCounts counts(Connection connection, PortfolioQuery query, Optional<Instant> now)
            throws SQLException {
        List<Object> parameters = new ArrayList<>();
        String conditions = conditions(query.in(Optional.empty()).of(Optional.empty()), parameters);
        String sql = "with today as (select ?::date as today) " + COUNTS + conditions + " group by stage, health";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, today(now).orElse(null));
            bind(select, 2, parameters);
            List<Cell> cells = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    cells.add(new Cell(rows.getString(1), rows.getString(2), rows.getLong(3)));
                }
            }
            return new PortfolioCounts(cells);
        }
    }

    private static List<String> owners(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OWNERS);
                ResultSet rows = select.executeQuery()) {
            List<String> owners = new ArrayList<>();
            while (rows.next()) {
                owners.add(rows.getString(1));
            }
            return owners;
        }
    }

    private void read(
            Connection connection,
            PortfolioQuery query,
            Optional<Instant> now,
            int limit,
            Consumer<PortfolioLine> consumer)
            throws SQLException {
        List<Object> parameters = new ArrayList<>();
        String sql = lines(query, parameters);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, today(now).orElse(null));
            select.setDouble(2, targets.utilization() / 100.0);
            select.setDouble(3, targets.usage() / 100.0);
            select.setDouble(4, targets.onboarding() / 100.0);
            int next = bind(select, 5, parameters);
            select.setInt(next, limit);
            select.setLong(next + 1, (query.page() - 1L) * PortfolioPage.ROWS);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(line(rows, today(now)));
                }
            }
        }
    }

    private static String lines(PortfolioQuery query, List<Object> parameters) {
        List<String> judged = CONCERNS.stream().map(Concern::asSql).toList();
        List<String> points = CONCERNS.stream().map(Concern::pointsAsSql).toList();
        return """
                with today as (select ?::date as today, ?::float8 as target, ?::float8 as usage_target, ?::float8 as goal),
                judged as (
                    select portfolio.*, array[%s] as concerns, %s as attention
                    from portfolio, today where %s
                )
                select * from judged order by %s limit ? offset ?
                """.formatted(
                String.join(", ", judged), String.join(" + ", points), conditions(query, parameters), order(query));
    }

    private static String conditions(PortfolioQuery query, List<Object> parameters) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        query.search().ifPresent(text -> {
            conditions.add("position(lower(?) in search) > 0");
            parameters.add(text);
        });
        add(conditions, parameters, "segment = ?", query.segment().map(Segment::wireName));
        add(conditions, parameters, "stage = ?", query.stage().map(Stage::wireName));
        add(conditions, parameters, "health = ?", query.health().map(HealthLevel::wireName));
        query.owner().ifPresent(owner -> {
            conditions.add("(technical_advisor = ? or account_executive = ?)");
            parameters.addAll(List.of(owner, owner));
        });
        // Who is past the day and has not renewed is the most urgent.
        add(
                conditions,
                parameters,
                "renews_on - today <= ? and stage is distinct from 'Churned'",
                query.renewsWithin());
        return String.join(" and ", conditions);
    }

    private static void add(List<String> conditions, List<Object> parameters, String condition, Optional<?> parameter) {
        parameter.ifPresent(value -> {
            conditions.add(condition);
            parameters.add(value);
        });
    }

    /** What is not known comes last either way. */
    private static String order(PortfolioQuery query) {
        String rising = query.reversed() ? " desc nulls last" : " asc nulls last";
        String falling = query.reversed() ? " asc nulls last" : " desc nulls last";
        String first = switch (query.sort()) {
            case ATTENTION -> "attention" + falling + ", renews_on nulls last";
            case NAME -> "search collate \"C\"" + rising;
            case STAGE -> "array_position(array[" + stages() + "], stage)" + rising + ", stage_since";
            case HEALTH -> "health_score" + rising;
            case UTILIZATION -> "utilization" + rising;
            case USAGE -> "usage" + rising;
            case SEATS -> "seats" + falling;
            case RENEWS -> "renews_on" + rising;
        };
        return first + ", search collate \"C\", account";
    }

    private static String stages() {
        return String.join(
                ", ",
                Arrays.stream(Stage.values())
                        .map(stage -> "'" + stage.wireName() + "'")
                        .toList());
    }

    private static int bind(PreparedStatement statement, int first, List<Object> parameters) throws SQLException {
        int place = first;
        for (Object parameter : parameters) {
            statement.setObject(place++, parameter);
        }
        return place;
    }

    private static PortfolioLine line(ResultSet row, Optional<LocalDate> today) throws SQLException {
        String name = row.getString("name");
        String id = row.getString("account");
        return new PortfolioLine(
                id,
                name == null ? id : name,
                row.getString("segment"),
                List.of((String[]) row.getArray("products").getArray()),
                row.getString("technical_advisor"),
                row.getString("account_executive"),
                row.getString("stage"),
                instant(row, "stage_since"),
                HealthLevel.of(row.getString("health")),
                row.getObject("health_score", Double.class),
                Arrays.asList((Double[]) row.getArray("health_scores").getArray()),
                instant(row, "usage_as_of"),
                row.getObject("mau", Integer.class),
                row.getObject("seats", Integer.class),
                row.getBoolean("unlimited_seats"),
                row.getObject("utilization", Double.class),
                row.getObject("usage", Double.class),
                row.getObject("rolling_mau", Integer.class),
                row.getObject("renews_on", LocalDate.class),
                row.getInt("attention"),
                reasons(row.getArray("concerns")),
                today);
    }

    private static List<String> reasons(Array concerns) throws SQLException {
        Boolean[] apply = (Boolean[]) concerns.getArray();
        List<String> reasons = new ArrayList<>();
        for (int place = 0; place < apply.length; place++) {
            if (apply[place]) {
                reasons.add(CONCERNS.get(place).words());
            }
        }
        return reasons;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static Optional<LocalDate> today(Optional<Instant> now) {
        return now.map(instant -> instant.atZone(ZoneOffset.UTC).toLocalDate());
    }

    /** Applies to customers only; what is not known is no concern, unless it says so. */
    private record Concern(String condition, int points, String words) {
        private static final String CUSTOMERS = "stage in ('Onboarding', 'Adopting', 'Nurturing', 'Renewing') and (";

        String asSql() {
            return "coalesce(" + CUSTOMERS + condition + "), false)";
        }

        String pointsAsSql() {
            return "case when " + asSql() + " then " + points + " else 0 end";
        }
    }
}
