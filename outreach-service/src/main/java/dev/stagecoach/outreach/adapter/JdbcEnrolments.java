package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.outreach.Enrolments;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Occasion;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Enrolment;
import dev.stagecoach.outreach.delivery.EnrolmentChange;
import dev.stagecoach.outreach.delivery.Occurrence;
import dev.stagecoach.outreach.delivery.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Enrolments in PostgreSQL, for one batch. A statement per table and batch, however many accounts it touches. */
final class JdbcEnrolments implements Enrolments {
    private final Connection transaction;
    private final Map<String, String> traces;

    /** Where nothing is part of a trace. */
    JdbcEnrolments(Connection transaction) {
        this(transaction, Map.of());
    }

    /** @param traces what comes of an event is part of, by its id; only of those that are part of a trace */
    JdbcEnrolments(Connection transaction, Map<String, String> traces) {
        this.transaction = transaction;
        this.traces = traces;
    }

    @Override
    public Map<Integer, Instant> clocks(Set<Integer> partitions) {
        Map<Integer, Instant> clocks = new HashMap<>();
        run(() -> Jdbc.query(
                transaction,
                "select partition, now from partition_clock where partition = any(?)",
                row -> clocks.put(row.getInt("partition"), Jdbc.instant(row, "now")),
                Jdbc.numbers(transaction, partitions)));
        return clocks;
    }

    @Override
    public Set<String> due(Map<Integer, Instant> untilByPartition) {
        Set<String> due = new HashSet<>();
        untilByPartition.forEach((partition, until) -> run(() -> due.addAll(Jdbc.query(
                transaction, """
                select id from account where partition = ? and next_due <= ?
                union
                select account from delivery where partition = ? and state = 'planned' and due_at = ?
                """, row -> row.getString("id"), partition, until, partition, Delivery.NOT_PLACED))));
        return due;
    }

    @Override
    public Map<String, Enrolment> load(Set<String> accounts) {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        return run(() -> {
            Object ids = Jdbc.texts(transaction, accounts);
            Map<String, List<Contact>> contacts = byAccount("""
                    select account, id contact_id, name contact_name, email contact_email, roles contact_roles,
                           timezone contact_timezone, language contact_language
                    from contact where account = any(?)
                    """, Rows::contact, ids);
            // What is past can start nothing any more.
            Map<String, List<Occasion>> occasions = byAccount(
                    """
                    select occasion.* from occasion join account a on a.id = occasion.account
                    join partition_clock c on c.partition = a.partition
                    where occasion.account = any(?) and occasion.seen_at > c.now - interval '120 days'
                    order by occasion.at, occasion.id
                    """,
                    row -> new Occasion(
                            row.getString("id"),
                            Trigger.parse(row.getString("trigger")),
                            Jdbc.instant(row, "at"),
                            Jdbc.instant(row, "seen_at"),
                            Rows.toldFacts(row, "facts")),
                    ids);
            Map<String, List<Occurrence>> occurrences = byAccount(
                    "select * from occurrence where account = any(?) order by opened_at, key", Rows::occurrence, ids);
            // The mails of what still runs, and those that count towards how many a person got of late. An occurrence
            // that began
            // long ago and has nothing planned is over, whatever its state: so the cost does not grow with the years.
            Map<String, List<Delivery>> deliveries = byAccount("""
                    select d.* from delivery d join occurrence o on o.key = d.occurrence
                    join partition_clock c on c.partition = d.partition
                    where d.account = any(?)
                      and (d.due_at > c.now - interval '31 days'
                           or (o.ended_because is null
                               and (o.opened_at > c.now - interval '120 days'
                                    or exists (select from delivery open
                                               where open.occurrence = o.key
                                                 and open.state in ('planned', 'sending')))))
                    order by d.due_at, d.id
                    """, Rows::delivery, ids);
            Map<String, Enrolment> enrolments = new HashMap<>();
            Jdbc.query(
                    transaction,
                    "select *, id account_id, partition account_partition from account where id = any(?)",
                    row -> {
                        String id = row.getString("id");
                        return enrolments.put(
                                id,
                                new Enrolment(
                                        Rows.account(row, contacts.getOrDefault(id, List.of())),
                                        occasions.getOrDefault(id, List.of()),
                                        occurrences.getOrDefault(id, List.of()),
                                        deliveries.getOrDefault(id, List.of()),
                                        Jdbc.instantOrNull(row, "next_due")));
                    },
                    ids);
            return enrolments;
        });
    }

    private <T> Map<String, List<T>> byAccount(String sql, Jdbc.Row<T> read, Object ids) throws SQLException {
        Map<String, List<T>> result = new HashMap<>();
        Jdbc.query(
                transaction,
                sql,
                row -> result.computeIfAbsent(row.getString("account"), account -> new ArrayList<>())
                        .add(read.read(row)),
                ids);
        return result;
    }

    @Override
    public void save(
            Collection<EnrolmentChange> changes, Map<Integer, Instant> clocks, Map<Integer, Instant> previous) {
        run(() -> {
            saveClocks(clocks, previous);
            saveAccounts(changes);
            saveContacts(changes);
            saveOccasions(changes);
            saveOccurrences(changes);
            insertDeliveries(all(changes, EnrolmentChange::newDeliveries));
            updateDeliveries(all(changes, EnrolmentChange::changedDeliveries));
            return clocks;
        });
    }

    private void saveClocks(Map<Integer, Instant> clocks, Map<Integer, Instant> previous) throws SQLException {
        Jdbc.updateEach(
                transaction,
                """
                insert into partition_clock (partition, now, previous) values (?, ?, coalesce(?, '-infinity'::timestamptz))
                on conflict (partition) do update set now = greatest(partition_clock.now, excluded.now),
                    previous = greatest(partition_clock.previous, excluded.previous)
                """,
                clocks.entrySet().stream()
                        .map(clock -> row(clock.getKey(), clock.getValue(), previous.get(clock.getKey())))
                        .toList());
    }

    private void saveAccounts(Collection<EnrolmentChange> changes) throws SQLException {
        Jdbc.updateEach(
                transaction,
                """
                insert into account (id, partition, facts, facts_at, stage, stage_since, onboarding_since, contacts_at,
                    started_on, usage, recaps, next_due)
                values (?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
                on conflict (id) do update set partition = excluded.partition, facts = excluded.facts,
                    facts_at = excluded.facts_at, stage = excluded.stage, stage_since = excluded.stage_since,
                    onboarding_since = excluded.onboarding_since, contacts_at = excluded.contacts_at,
                    started_on = excluded.started_on, usage = excluded.usage, recaps = excluded.recaps,
                    next_due = excluded.next_due
                """,
                changes.stream()
                        .filter(EnrolmentChange::accountChanged)
                        .map(change -> accountRow(change.after()))
                        .toList());
    }

    private static @Nullable Object[] accountRow(Enrolment enrolment) {
        Account account = enrolment.account();
        return row(
                account.id(),
                account.partition(),
                json(account.facts()),
                account.factsAt(),
                account.stage() == null ? null : account.stage().wireName(),
                account.stageSince(),
                account.onboardingSince(),
                account.contactsAt(),
                account.startedOn(),
                json(account.usage()),
                json(account.recaps()),
                enrolment.nextDue());
    }

    private static @Nullable String json(@Nullable Object value) {
        return value == null ? null : EventCodec.json().valueToTree(value).toString();
    }

    private void saveContacts(Collection<EnrolmentChange> changes) throws SQLException {
        List<Account> changed = changes.stream()
                .filter(EnrolmentChange::contactsChanged)
                .map(change -> change.after().account())
                .toList();
        Jdbc.updateEach(
                transaction,
                "delete from contact where account = ?",
                changed.stream().map(account -> row(account.id())).toList());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Account account : changed) {
            for (Contact contact : account.contacts()) {
                List<String> roles =
                        contact.roles().stream().map(Role::wireName).toList();
                rows.add(row(
                        account.id(),
                        contact.id(),
                        contact.name(),
                        contact.email(),
                        Jdbc.texts(transaction, roles),
                        contact.timezone() == null ? null : contact.timezone().getId(),
                        contact.language()));
            }
        }
        Jdbc.updateEach(
                transaction,
                "insert into contact (account, id, name, email, roles, timezone, language)"
                        + " values (?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict do nothing",
                rows);
    }

    private void saveOccasions(Collection<EnrolmentChange> changes) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (EnrolmentChange change : changes) {
            change.newOccasions()
                    .forEach(occasion -> rows.add(row(
                            change.after().account().id(),
                            occasion.id(),
                            occasion.trigger().toString(),
                            occasion.at(),
                            occasion.seenAt(),
                            json(occasion.facts()))));
        }
        Jdbc.updateEach(
                transaction,
                "insert into occasion (account, id, trigger, at, seen_at, facts) values (?, ?, ?, ?, ?, ?::jsonb)"
                        + " on conflict do nothing",
                rows);
    }

    private void saveOccurrences(Collection<EnrolmentChange> changes) throws SQLException {
        Jdbc.updateEach(
                transaction,
                """
                insert into occurrence (key, account, campaign, series, version, occasion, triggered_at, opened_at,
                    roles_judged, ended_because, facts, trace_parent)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
                on conflict (key) do update set roles_judged = excluded.roles_judged,
                    ended_because = excluded.ended_because
                """,
                all(changes, EnrolmentChange::occurrences).stream()
                        .map(occurrence -> row(
                                occurrence.key(),
                                occurrence.account(),
                                occurrence.campaign(),
                                occurrence.series(),
                                occurrence.version(),
                                occurrence.occasion(),
                                occurrence.triggeredAt(),
                                occurrence.openedAt(),
                                occurrence.rolesJudged(),
                                occurrence.endedBecause(),
                                json(occurrence.facts()),
                                traces.get(occurrence.occasion())))
                        .toList());
    }

    private void insertDeliveries(List<Delivery> decided) throws SQLException {
        Map<String, JdbcTold.Told> told =
                JdbcTold.of(transaction, decided.stream().map(Delivery::id).toList());
        List<Delivery> added = decided.stream()
                .map(delivery -> asTold(delivery, told.get(delivery.id())))
                .toList();
        int[] written = Jdbc.updateEach(
                transaction,
                """
                insert into delivery (id, account, partition, campaign, occurrence, step, contact, recipient, address,
                    state, due_at, decided_at, reason, cause, wanted_at, held, waits_because, counts_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                added.stream().map(JdbcEnrolments::deliveryRow).toList());
        List<Delivery> inserted = touched(added, written);
        Jdbc.updateEach(
                transaction,
                "update occurrence set eligible = eligible + 1 where key = ?",
                inserted.stream().map(delivery -> row(delivery.occurrence())).toList());
        JdbcTold.settle(transaction, told.values());
        tell(inserted.stream()
                .filter(delivery -> !told.containsKey(delivery.id()))
                .toList());
    }

    /** A mail that was told of before this database planned it has come to its end already. */
    private static Delivery asTold(Delivery delivery, JdbcTold.@Nullable Told told) {
        return told == null ? delivery : delivery.ended(told.state(), told.reason(), told.at());
    }

    private static @Nullable Object[] deliveryRow(Delivery delivery) {
        return row(
                delivery.id(),
                delivery.account(),
                delivery.partition(),
                delivery.campaign(),
                delivery.occurrence(),
                delivery.step(),
                delivery.contact(),
                delivery.recipient(),
                delivery.address(),
                delivery.state().wireName(),
                delivery.dueAt(),
                delivery.decidedAt(),
                delivery.reason(),
                delivery.cause(),
                delivery.wantedAt(),
                delivery.held(),
                delivery.waitsBecause(),
                // Told of before: it went then.
                delivery.isPlanned() ? null : delivery.decidedAt());
    }

    /** A mail that a sender has taken meanwhile stays with it. */
    private void updateDeliveries(List<Delivery> changed) throws SQLException {
        int[] written = Jdbc.updateEach(
                transaction,
                """
                update delivery set state = ?, reason = ?, address = ?, due_at = ?, waits_because = ?, decided_at = ?, cause = ?
                -- A case, so that no planner takes the index of all that is planned for the way to a single mail.
                where id = ? and case state when 'planned' then true else false end
                """,
                changed.stream()
                        .map(delivery -> row(
                                delivery.state().wireName(),
                                delivery.reason(),
                                delivery.address(),
                                delivery.dueAt(),
                                delivery.waitsBecause(),
                                delivery.decidedAt(),
                                delivery.cause(),
                                delivery.id()))
                        .toList());
        tell(touched(changed, written));
    }

    private void tell(List<Delivery> written) throws SQLException {
        Outbox.addAll(
                transaction,
                written.stream()
                        .filter(delivery -> delivery.state() == DeliveryState.SUPPRESSED)
                        .map(delivery -> Outcome.of(delivery, null, delivery.decidedAt())
                                .partOf(traces.get(String.valueOf(delivery.cause()))))
                        .toList());
    }

    private static List<Delivery> touched(List<Delivery> deliveries, int[] counts) {
        List<Delivery> result = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                result.add(deliveries.get(i));
            }
        }
        return result;
    }

    private static <T> List<T> all(Collection<EnrolmentChange> changes, Function<EnrolmentChange, List<T>> part) {
        return changes.stream().flatMap(change -> part.apply(change).stream()).toList();
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    private interface Statement<T> {
        T execute() throws SQLException;
    }

    private static <T> T run(Statement<T> statement) {
        try {
            return statement.execute();
        } catch (SQLException e) {
            throw new Jdbc.Failed(e);
        }
    }
}
