package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Keeps the portfolio in the transaction of a batch. What is older than the known changes nothing. */
record PortfolioBatch(Connection transaction) {
    private static final String FACTS = """
            insert into portfolio (account, name, segment, products, unlimited_seats, technical_advisor,
                                   account_executive, closed_on, renews_on, facts_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account) do update set
                name = excluded.name, segment = excluded.segment, products = excluded.products,
                unlimited_seats = excluded.unlimited_seats, technical_advisor = excluded.technical_advisor,
                account_executive = excluded.account_executive, closed_on = excluded.closed_on,
                renews_on = excluded.renews_on, facts_at = excluded.facts_at
            where portfolio.facts_at is null or portfolio.facts_at <= excluded.facts_at
            """;
    private static final String STAGE = """
            insert into portfolio (account, stage, stage_since) values (?, ?, ?)
            on conflict (account) do update set stage = excluded.stage, stage_since = excluded.stage_since
            where portfolio.stage_since is null or portfolio.stage_since <= excluded.stage_since
            """;
    private static final String USAGE = """
            insert into portfolio (account, usage_as_of, mau, seats, utilization, usage, rolling_mau)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (account) do update set
                usage_as_of = excluded.usage_as_of, mau = excluded.mau, seats = excluded.seats,
                utilization = excluded.utilization, usage = excluded.usage, rolling_mau = excluded.rolling_mau
            where portfolio.usage_as_of is null or portfolio.usage_as_of <= excluded.usage_as_of
            """;
    /** A repetition says no more than what is known, and adds no point to the trend. Two changes can come of one tick. */
    private static final String HEALTH = """
            insert into portfolio (account, health, health_score, health_since, health_scores)
            values (?, ?, ?, ?, array[?::double precision])
            on conflict (account) do update set
                health = excluded.health, health_score = excluded.health_score,
                health_since = excluded.health_since,
                health_scores = (portfolio.health_scores || excluded.health_scores)
                    [greatest(1, cardinality(portfolio.health_scores) - 6):]
            where portfolio.health_since is null or portfolio.health_since < excluded.health_since
               or portfolio.health_since = excluded.health_since and portfolio.health <> excluded.health
            """;

    void keep(List<? extends Event<?>> events) {
        try {
            each(events, AccountFacts.class, FACTS, this::bindFacts);
            each(events, StageChanged.class, STAGE, PortfolioBatch::bindStage);
            each(events, UsageSummary.class, USAGE, PortfolioBatch::bindUsage);
            each(events, HealthChanged.class, HEALTH, PortfolioBatch::bindHealth);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private <T extends EventData> void each(
            List<? extends Event<?>> events, Class<T> type, String sql, Binding<T> binding) throws SQLException {
        List<? extends Event<?>> chosen =
                events.stream().filter(event -> type.isInstance(event.data())).toList();
        if (chosen.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = transaction.prepareStatement(sql)) {
            for (Event<?> event : chosen) {
                binding.bind(upsert, type.cast(event.data()), event.time());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private void bindFacts(PreparedStatement upsert, AccountFacts facts, Instant at) throws SQLException {
        upsert.setString(1, facts.account());
        upsert.setString(2, facts.name());
        upsert.setString(3, facts.segment().wireName());
        upsert.setArray(
                4,
                transaction.createArrayOf(
                        "text", facts.products().stream().map(Product::wireName).toArray()));
        upsert.setBoolean(5, facts.unlimitedSeats());
        upsert.setString(6, facts.owners().technicalAdvisor());
        upsert.setString(7, facts.owners().accountExecutive());
        upsert.setObject(8, facts.contractClosedOn());
        upsert.setObject(9, facts.renewsOn());
        upsert.setObject(10, utc(at));
    }

    private static void bindStage(PreparedStatement upsert, StageChanged change, Instant at) throws SQLException {
        upsert.setString(1, change.account());
        upsert.setString(2, change.to() == null ? null : change.to().wireName());
        upsert.setObject(3, utc(change.at()));
    }

    private static void bindUsage(PreparedStatement upsert, UsageSummary summary, Instant at) throws SQLException {
        upsert.setString(1, summary.account());
        upsert.setObject(2, utc(summary.asOf()));
        upsert.setObject(3, summary.mau());
        upsert.setObject(4, summary.seats());
        upsert.setObject(5, summary.utilization());
        upsert.setObject(6, summary.usage());
        upsert.setObject(7, summary.current().rollingMau());
    }

    private static void bindHealth(PreparedStatement upsert, HealthChanged change, Instant at) throws SQLException {
        upsert.setString(1, change.account());
        upsert.setString(2, change.to().wireName());
        upsert.setObject(3, change.score());
        upsert.setObject(4, utc(change.at()));
        upsert.setObject(5, change.score());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private interface Binding<T> {
        void bind(PreparedStatement upsert, T data, Instant at) throws SQLException;
    }
}
