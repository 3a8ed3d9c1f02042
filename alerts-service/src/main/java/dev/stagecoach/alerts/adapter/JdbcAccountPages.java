package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.alerts.adapter.AccountPage.Choice;
import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.adapter.AccountPage.Timeline;
import dev.stagecoach.alerts.history.EntryKind;
import dev.stagecoach.alerts.journey.Figures;
import dev.stagecoach.alerts.journey.Journey.Entered;
import dev.stagecoach.alerts.journey.Limits;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.StageChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the pages of accounts. */
@ApplicationScoped
class JdbcAccountPages {
    private static final int ENTRIES = 50;
    private static final int ALERTS = 5;
    private static final int MOST_STAGES = 200;
    private static final int MOST_LEVELS = 24;
    private static final int MOST_FEATURES = 200;
    private static final int MOST_MAILS = 100;
    private static final int MOST_ANSWERS = 20;
    private static final int MONTHS_SHOWN = 14;
    private static final int MOST_CALLED = 20;

    private static final String ACCOUNT = """
            select f.facts, p.people, c.at as now,
                   greatest(f.at, p.at, (select max(t.at) from timeline t where t.account = asked.id),
                            (select u.as_of from usage_day u where u.account = asked.id
                             order by u.day desc limit 1)) as heard
            from (select ?::text as id) asked
            left join account_facts f on f.account = asked.id
            left join account_people p on p.account = asked.id
            left join clock c on true
            """;

    private static final String NAMES =
            "select account, name from portfolio where account = any (?) and name is not null";
    private static final String CALLED = """
            select account, coalesce(name, account) as name from portfolio
            where strpos(search, lower(?)) > 0 order by account = ? desc, name, account limit\s""" + MOST_CALLED;

    private final DataSource database;
    private final JpaAlertGroups alertGroups;

    JdbcAccountPages(DataSource database, JpaAlertGroups alertGroups) {
        this.database = database;
        this.alertGroups = alertGroups;
    }

    /**
     * What is stored of an account besides its history.
     *
     * @param now by ticks
     * @param heard when something was heard of the account last
     */
    record Known(
            Optional<AccountFacts> facts,
            Optional<Map<String, List<String>>> people,
            @Nullable Instant now,
            Instant heard) {
        @Nullable Moment nowMoment() {
            return now == null ? null : new Moment(now);
        }

        LocalDate today() {
            return PageText.dayOf(now == null ? heard : now);
        }
    }

    /**
     * The page; empty for an account of which nothing has been heard.
     *
     * @param kind shows entries of this kind only
     * @param before shows entries older than this place
     * @param health as lifecycle-service answered; empty when it did not
     */
    Optional<AccountPage> page(
            String id,
            Optional<EntryKind> kind,
            Optional<TimelineCursor> before,
            Optional<LifecycleApi.Health> health) {
        // Before a connection is taken: a page that held one and waited for another could wait for its like.
        List<AlertLine> newest = alertGroups.newest(AlertFilter.of(id, null), ALERTS);
        try (Connection connection = database.getConnection()) {
            Optional<Known> known = known(connection, id);
            return known.isEmpty()
                    ? Optional.empty()
                    : Optional.of(page(connection, id, known.get(), newest, kind, before, health));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static AccountPage page(
            Connection connection,
            String id,
            Known known,
            List<AlertLine> alerts,
            Optional<EntryKind> kind,
            Optional<TimelineCursor> before,
            Optional<LifecycleApi.Health> health)
            throws SQLException {
        JdbcTimeline timeline = new JdbcTimeline(connection, id);
        JdbcUsage usage = new JdbcUsage(connection, id);
        Optional<JdbcUsage.Day> lastDay = usage.lastDay();
        LocalDate today = known.today();
        List<JdbcUsage.Month> months = usage.months(today.withDayOfMonth(1).minusMonths(MONTHS_SHOWN));
        List<JdbcTimeline.Line> stages = timeline.of(EntryKind.STAGE, MOST_STAGES);
        List<StageChanged> changes =
                stages.stream().map(line -> line.dataAs(StageChanged.class)).toList();
        Limits limits = Limits.of(changes);
        Figures figures = lastDay.map(JdbcUsage.Day::figures).orElse(Figures.UNKNOWN);
        StageParts stageParts = new StageParts(known.facts(), changes, stages, limits, figures, today);
        Map<EntryKind, Long> counts = timeline.counts();
        return new AccountPage(
                id,
                known.nowMoment(),
                stageParts.head(id),
                stageParts.steps(),
                stageParts.churnedNote(),
                stageParts.ahead(),
                stageParts.why(),
                UsageParts.usage(id, lastDay, months, limits),
                health(timeline, health),
                UsageParts.features(timeline.of(EntryKind.FEATURE, MOST_FEATURES), months),
                PeopleParts.people(known.people()),
                PeopleParts.mails(timeline.of(EntryKind.MAIL, MOST_MAILS), counts),
                PeopleParts.answers(timeline.of(EntryKind.ANSWER, MOST_ANSWERS)),
                alerts,
                timeline(timeline, id, counts, kind, before));
    }

    private static AccountPage.Health health(JdbcTimeline timeline, Optional<LifecycleApi.Health> current)
            throws SQLException {
        List<JdbcTimeline.Line> lines = timeline.of(EntryKind.HEALTH, MOST_LEVELS);
        return HealthParts.health(
                lines,
                lines.stream().map(line -> line.dataAs(HealthChanged.class)).toList(),
                current);
    }

    private static Timeline timeline(
            JdbcTimeline timeline,
            String id,
            Map<EntryKind, Long> counts,
            Optional<EntryKind> kind,
            Optional<TimelineCursor> before)
            throws SQLException {
        List<JdbcTimeline.Line> lines = timeline.newest(kind, before, ENTRIES + 1);
        List<JdbcTimeline.Line> shown = lines.subList(0, Math.min(ENTRIES, lines.size()));
        String older = lines.size() > ENTRIES
                ? address(id, kind, Optional.of(shown.get(ENTRIES - 1).cursor()))
                : null;
        return new Timeline(
                choices(id, counts, kind),
                kind.isPresent(),
                shown.stream().map(line -> entry(id, line)).toList(),
                older,
                before.isPresent());
    }

    private static List<Choice> choices(String id, Map<EntryKind, Long> counts, Optional<EntryKind> chosen) {
        List<Choice> choices = new ArrayList<>();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        choices.add(new Choice("All", all, chosen.isEmpty(), address(id, Optional.empty(), Optional.empty())));
        Arrays.stream(EntryKind.values())
                .filter(counts::containsKey)
                .forEach(kind -> choices.add(new Choice(
                        kind.label(),
                        counts.getOrDefault(kind, 0L),
                        chosen.equals(Optional.of(kind)),
                        address(id, Optional.of(kind), Optional.empty()))));
        return choices;
    }

    private static String address(String id, Optional<EntryKind> kind, Optional<TimelineCursor> before) {
        List<String> query = new ArrayList<>();
        kind.ifPresent(one -> query.add("kind=" + one.wireName()));
        before.ifPresent(cursor -> query.add("before=" + cursor.text()));
        String path = AlertsRunner.accountLink(URI.create(""), id);
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query)) + "#timeline";
    }

    static AccountPage.Entry entry(String account, JdbcTimeline.Line line) {
        return new AccountPage.Entry(
                line.id(),
                new Moment(line.at()),
                line.kind().wireName(),
                line.kind().label(),
                line.title(),
                line.detail(),
                recordLink(account, line.id()),
                cause(account, line));
    }

    private static AccountPage.@Nullable Cause cause(String account, JdbcTimeline.Line line) {
        if (line.causeId() != null) {
            return new AccountPage.Cause(String.valueOf(line.causeTitle()), recordLink(account, line.causeId()));
        }
        return null;
    }

    /** The permanent address of a record of an account's history. */
    static String recordLink(String account, String id) {
        return AlertsRunner.accountLink(URI.create(""), account) + "/records/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Newest first. */
    List<JdbcTimeline.Line> timeline(
            String account, Optional<EntryKind> kind, Optional<TimelineCursor> after, int limit) {
        try (Connection connection = database.getConnection()) {
            return new JdbcTimeline(connection, account).newest(kind, after, limit);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** A record with its causes and effects; empty when the account has none of this id. */
    Optional<AccountRecord> record(String account, String id) {
        try (Connection connection = database.getConnection()) {
            JdbcTimeline timeline = new JdbcTimeline(connection, account);
            Optional<JdbcTimeline.Line> line = timeline.entry(id);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            Optional<Known> known = known(connection, account);
            List<AccountPage.Entry> effects = timeline.effects(id, ENTRIES).stream()
                    .map(effect -> entry(account, effect))
                    .toList();
            return Optional.of(new AccountRecord(
                    account,
                    AlertsRunner.accountLink(URI.create(""), account),
                    known.flatMap(Known::facts).map(AccountFacts::name).orElse(account),
                    entry(account, line.get()),
                    line.get().record(),
                    line.get().type(),
                    line.get().causedBy(),
                    pretty(line.get()),
                    effects,
                    known.map(Known::nowMoment).orElse(null)));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static String pretty(JdbcTimeline.Line line) {
        try {
            return EventCodec.json().writerWithDefaultPrettyPrinter().writeValueAsString(line.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("record " + line.id() + " is no JSON", e);
        }
    }

    /** Whether an account's history has a record of this id. */
    boolean has(String account, String id) {
        try (Connection connection = database.getConnection()) {
            return new JdbcTimeline(connection, account).entry(id).isPresent();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    AccountNames names(Collection<String> accounts) {
        if (accounts.isEmpty()) {
            return new AccountNames(Map.of());
        }
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(NAMES)) {
            select.setArray(1, connection.createArrayOf("text", accounts.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                Map<String, String> names = new HashMap<>();
                while (rows.next()) {
                    names.put(rows.getString("account"), rows.getString("name"));
                }
                return new AccountNames(names);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** An account by its id and its name. */
    record Called(String id, String name) {}

    /** The account of this id; else those whose ids or names have this text in them, a few of them. */
    List<Called> called(String text) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(CALLED)) {
            select.setString(1, text);
            select.setString(2, text);
            try (ResultSet rows = select.executeQuery()) {
                List<Called> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new Called(rows.getString("account"), rows.getString("name")));
                }
                return found.stream()
                        .filter(one -> one.id().equals(text))
                        .findFirst()
                        .map(List::of)
                        .orElse(found);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** What the charts show; empty for an account of which nothing has been heard. */
    Optional<UsageSeries> series(String id) {
        try (Connection connection = database.getConnection()) {
            Optional<Known> known = known(connection, id);
            return known.isEmpty() ? Optional.empty() : Optional.of(series(connection, id, known.get()));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static UsageSeries series(Connection connection, String id, Known known) throws SQLException {
        JdbcUsage usage = new JdbcUsage(connection, id);
        LocalDate today = known.today();
        LocalDate from = today.withDayOfMonth(1).minusMonths(MONTHS_SHOWN);
        List<JdbcTimeline.Line> stages = new JdbcTimeline(connection, id).of(EntryKind.STAGE, MOST_STAGES);
        List<StageChanged> changes =
                stages.stream().map(line -> line.dataAs(StageChanged.class)).toList();
        return UsageSeries.of(
                usage.days(from), usage.months(from), entered(stages, changes), Limits.of(changes), from, today);
    }

    /** Oldest first. */
    static List<Entered> entered(List<JdbcTimeline.Line> stages, List<StageChanged> changes) {
        List<Entered> entered = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            entered.add(new Entered(
                    changes.get(i).to(), stages.get(i).at(), stages.get(i).id()));
        }
        Collections.reverse(entered);
        return entered;
    }

    private static Optional<Known> known(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ACCOUNT)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Optional<AccountFacts> facts = Optional.ofNullable(row.getString("facts"))
                        .map(json -> JdbcTimeline.read(json, AccountFacts.class));
                Optional<Map<String, List<String>>> people =
                        Optional.ofNullable(row.getString("people")).map(PeopleParts::read);
                Instant now = JdbcTimeline.instant(row, "now");
                return Optional.ofNullable(JdbcTimeline.instant(row, "heard"))
                        .map(heard -> new Known(facts, people, now, heard));
            }
        }
    }
}
