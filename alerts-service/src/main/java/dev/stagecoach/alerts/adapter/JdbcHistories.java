package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.alerts.Histories;
import dev.stagecoach.alerts.history.Entry;
import dev.stagecoach.alerts.history.EntryKind;
import dev.stagecoach.alerts.history.People;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Histories in the transaction of a batch: one statement for each table, whose rows travel as one JSON value. */
record JdbcHistories(Connection transaction) implements Histories {
    private static final String FACTS = """
            insert into account_facts (account, at, facts)
            select account, at, facts
            from jsonb_to_recordset(?::jsonb) as told (account text, at timestamptz, facts jsonb)
            on conflict (account) do update set at = excluded.at, facts = excluded.facts
            where account_facts.at <= excluded.at
            """;
    private static final String PEOPLE = """
            insert into account_people (account, at, people)
            select account, at, people
            from jsonb_to_recordset(?::jsonb) as told (account text, at timestamptz, people jsonb)
            on conflict (account) do update set at = excluded.at, people = excluded.people
            where account_people.at <= excluded.at
            """;
    private static final String USAGE = """
            insert into usage_day (account, day, as_of, month, mau, seats, utilization, usage, dau_mean, rolling_mau,
                                   month_to_date)
            select * from jsonb_to_recordset(?::jsonb) as told (
                account text, day date, as_of timestamptz, month date, mau int, seats int, utilization float8,
                usage float8, dau_mean float8, rolling_mau int, month_to_date int)
            on conflict (account, day) do update set
                as_of = excluded.as_of, month = excluded.month, mau = excluded.mau, seats = excluded.seats,
                utilization = excluded.utilization, usage = excluded.usage, dau_mean = excluded.dau_mean,
                rolling_mau = excluded.rolling_mau, month_to_date = excluded.month_to_date
            where usage_day.as_of <= excluded.as_of
            """;
    private static final String MONTHS = """
            insert into usage_month (account, month, mau, dau_mean, events, change, features, days)
            select * from jsonb_to_recordset(?::jsonb) as told (
                account text, month date, mau int, dau_mean float8, events bigint, change float8, features jsonb,
                days jsonb)
            on conflict (account, month) do nothing
            """;
    private static final String ENTRIES = """
            insert into timeline (account, id, at, rank, kind, title, detail, caused_by, record, type, data)
            select * from jsonb_to_recordset(?::jsonb) as told (
                account text, id text, at timestamptz, rank int, kind text, title text, detail text,
                caused_by text, record text, type text, data jsonb)
            on conflict (account, id) do nothing
            """;
    private static final String ALERTS = """
            insert into timeline (account, id, at, rank, kind, title, detail, caused_by, record, type, data)
            select account, id, at, ?, ?, title, facts ->> 'why', caused_by, topic, kind,
                   jsonb_build_object('kind', kind, 'channel', channel, 'facts', facts)
            from alert where caused_by = any (?)
            on conflict (account, id) do nothing
            """;

    @Override
    public void facts(List<Event<AccountFacts>> facts) {
        Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
        facts.forEach(event -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("account", event.data().account());
            row.put("at", event.time());
            row.put("facts", event.data());
            keepLast(rows, event.data().account(), row);
        });
        execute(FACTS, rows.values());
    }

    @Override
    public void people(List<People> people) {
        Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
        for (People one : people) {
            keepLast(rows, one.account(), Map.of("account", one.account(), "at", one.at(), "people", one.roles()));
        }
        execute(PEOPLE, rows.values());
    }

    /** A statement may not change a row twice: of two rows with one key, the later one counts, as if both had been written. */
    private static void keepLast(Map<String, Map<String, Object>> rows, String key, Map<String, Object> row) {
        rows.merge(key, row, (known, next) -> moment(next).isBefore(moment(known)) ? known : next);
    }

    private static Instant moment(Map<String, Object> row) {
        if (row.getOrDefault("at", row.get("as_of")) instanceof Instant moment) {
            return moment;
        }
        throw new IllegalStateException("a row without its time: " + row.keySet());
    }

    @Override
    public void usage(List<UsageSummary> summaries) {
        Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
        for (UsageSummary summary : summaries) {
            LocalDate day = summary.asOf().atZone(ZoneOffset.UTC).toLocalDate();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("account", summary.account());
            row.put("day", day);
            row.put("as_of", summary.asOf());
            row.put("month", firstDay(summary.month()));
            row.put("mau", summary.mau());
            row.put("seats", summary.seats());
            row.put("utilization", summary.utilization());
            row.put("usage", summary.usage());
            row.put("dau_mean", summary.dauMean28());
            row.put("rolling_mau", summary.current().rollingMau());
            row.put("month_to_date", summary.current().monthToDate());
            keepLast(rows, day + " " + summary.account(), row);
        }
        execute(USAGE, rows.values());
    }

    private static @Nullable LocalDate firstDay(@Nullable YearMonth month) {
        return month == null ? null : month.atDay(1);
    }

    @Override
    public void months(List<UsageRecap> recaps) {
        execute(MONTHS, recaps.stream().map(JdbcHistories::row).toList());
    }

    private static Map<String, Object> row(UsageRecap recap) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account", recap.account());
        row.put("month", recap.month().atDay(1));
        row.put("mau", recap.mau());
        row.put("dau_mean", recap.dauMean());
        row.put("events", recap.events());
        row.put("change", recap.change());
        row.put("features", recap.topFeatures());
        row.put("days", recap.days());
        return row;
    }

    @Override
    public void add(List<Entry> entries) {
        execute(ENTRIES, entries.stream().map(JdbcHistories::row).toList());
    }

    private static Map<String, Object> row(Entry entry) {
        Event<?> event = entry.event();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account", event.account());
        row.put("id", event.id());
        row.put("at", event.time());
        row.put("rank", entry.kind().rank());
        row.put("kind", entry.kind().wireName());
        row.put("title", entry.title());
        row.put("detail", entry.detail());
        row.put("caused_by", event.causationId());
        row.put("record", entry.record());
        row.put("type", event.type().wireName());
        row.put("data", event.data());
        return row;
    }

    @Override
    public void addAlertsCausedBy(Set<String> events) {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = transaction.prepareStatement(ALERTS)) {
            insert.setInt(1, EntryKind.ALERT.rank());
            insert.setString(2, EntryKind.ALERT.wireName());
            insert.setArray(3, transaction.createArrayOf("text", events.toArray()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void execute(String statement, Collection<? extends Map<String, ?>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = transaction.prepareStatement(statement)) {
            insert.setString(1, EventCodec.json().writeValueAsString(rows));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows of a history are no JSON", e);
        }
    }
}
