package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.journey.Figures;
import dev.stagecoach.events.UsageRecap.DayUsers;
import dev.stagecoach.events.UsageRecap.FeatureUse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the usage of an account by day and by month. */
record JdbcUsage(Connection connection, String account) {
    private static final String DAYS = """
            select * from usage_day where account = ? and day >= ? order by day
            """;
    private static final String LAST_DAY = """
            select * from usage_day where account = ? order by day desc limit 1
            """;
    private static final String BEFORE = """
            select * from usage_day where account = ? and day < ? order by day desc limit 1
            """;
    private static final String MONTHS = """
            select * from usage_month where account = ? and month >= ? order by month
            """;

    /** The figures as they were told last on a day. */
    record Day(
            LocalDate day,
            Instant asOf,
            @Nullable YearMonth month,
            Figures figures,
            @Nullable Integer rollingMau) {}

    /** A closed month. */
    record Month(
            YearMonth month,
            @Nullable Integer mau,
            @Nullable Double dauMean,
            @Nullable Double change,
            List<FeatureUse> features,
            List<DayUsers> days) {}

    /** In order, and the last one before them, whose figures may have held on the first of these days. */
    List<Day> days(LocalDate from) throws SQLException {
        List<Day> days = new ArrayList<>(list(BEFORE, from, JdbcUsage::day));
        days.addAll(list(DAYS, from, JdbcUsage::day));
        return days;
    }

    Optional<Day> lastDay() throws SQLException {
        return list(LAST_DAY, null, JdbcUsage::day).stream().findFirst();
    }

    /** In order. */
    List<Month> months(LocalDate from) throws SQLException {
        return list(MONTHS, from, JdbcUsage::month);
    }

    private <T> List<T> list(String sql, @Nullable LocalDate from, RowReader<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, account);
            if (from != null) {
                select.setObject(2, from);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
        }
        return found;
    }

    private static Day day(ResultSet row) throws SQLException {
        LocalDate month = row.getObject("month", LocalDate.class);
        Instant asOf = JdbcTimeline.instant(row, "as_of");
        if (asOf == null) {
            throw new IllegalStateException("usage of a day without its time");
        }
        return new Day(
                row.getObject("day", LocalDate.class),
                asOf,
                month == null ? null : YearMonth.from(month),
                new Figures(
                        row.getObject("mau", Integer.class),
                        row.getObject("seats", Integer.class),
                        row.getObject("dau_mean", Double.class),
                        row.getObject("utilization", Double.class),
                        row.getObject("usage", Double.class)),
                row.getObject("rolling_mau", Integer.class));
    }

    private static Month month(ResultSet row) throws SQLException {
        return new Month(
                YearMonth.from(row.getObject("month", LocalDate.class)),
                row.getObject("mau", Integer.class),
                row.getObject("dau_mean", Double.class),
                row.getObject("change", Double.class),
                List.of(JdbcTimeline.read(row.getString("features"), FeatureUse[].class)),
                List.of(JdbcTimeline.read(row.getString("days"), DayUsers[].class)));
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
