package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.outreach.Deliveries;
import dev.stagecoach.outreach.DueMail;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.CampaignRef;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Outcome;
import dev.stagecoach.outreach.delivery.Reasons;
import dev.stagecoach.outreach.delivery.SendingRules;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The send ledger in PostgreSQL. What senders begin and end is written in groups, a transaction for all that came together while
 * the last was committed: whoever begins a mail waits for it, and what became of the mails before goes with it.
 */
final class JdbcDeliveries implements Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcDeliveries.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A mail server waits longer than that for the next command. */
    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(20);

    /** How long others go before a mail at which the connection broke. */
    private static final Duration BEHIND = Duration.ofSeconds(5);

    /** How long what became of a mail waits for others to be written with: so much later it is known, if the process dies. */
    private static final Duration GATHER = Duration.ofMillis(5);

    private static final String DIED = "its sender stopped while handing it over";

    /**
     * For one transaction: one plan serves all groups, and finds each mail by its id. PostgreSQL would plan every small group anew, and
     * keep a plan that reads the whole ledger from when there were a few mails in it.
     */
    private static final String ONE_PLAN = """
            select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)
            """;

    /**
     * Begins mails, ends others and tells of these, in one round trip. Nobody else must have begun a mail, decided otherwise, or given it
     * another time since it was claimed. Whoever holds the claim knows best what became of the mail, even when others have declared it
     * unknown meanwhile.
     *
     * <p>The conditions are cases, so that no planner takes the index of all that is planned for the way to a single mail.
     */
    private static final String BEGIN_AND_END = """
            with begun as (
                update delivery d set state = 'sending', claim = b.claim, taken_by = ?, taken_at = now(), counts_at = b.goes_at
                from unnest(?::text[], ?::bigint[], ?::timestamptz[], ?::timestamptz[]) b (id, claim, goes_at, due_at)
                where d.id = b.id and case d.state
                    when 'planned' then not d.held and d.due_at = b.due_at
                    when 'sending' then d.claim = b.claim
                    else false end
                returning d.claim),
            ended as (
                update delivery d
                set state = e.state, message_id = e.message_id, reason = e.reason, decided_at = e.decided_at
                from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                    with ordinality e (id, claim, state, message_id, reason, decided_at, place)
                where d.id = e.id and case
                    when d.state = 'planned' then d.claim is distinct from e.claim
                    when d.state in ('sending', 'unknown') then d.claim = e.claim
                    else false end
                returning e.place),
            told as (%s)
            select claim from begun
            """.formatted(Outbox.insertWhere("place in (select place from ended)"));

    /** Partitions with little to do are looked at with the others. */
    private static final int LEAST_OF_A_PARTITION = 16;

    /**
     * Mails that are due, with a condition and in an order. Of each partition the first by its index, so that a long queue costs no more
     * than a short one.
     */
    private static final String DUE = """
            select d.*, nextval('delivery_claim') next_claim, c.now clock_now,
                   case when d.due_at > c.previous then d.due_at else c.now end goes_at
            from unnest(?::int[]) mine (partition)
            join partition_clock c on c.partition = mine.partition
            cross join lateral (
                select d.* from delivery d
                where not d.ended and d.state = 'planned' and not d.held and d.partition = mine.partition
                  and d.due_at <= c.now and d.not_before <= now()
                  -- At hand already. A list would be looked through for each mail.
                  and d.id not in (select unnest(?::text[]))
                  and %s
                order by %s limit ?) d
            order by %s, d.id limit ?
            """;

    private static final String OLDEST_FIRST =
            DUE.formatted("(d.address is null or split_part(d.address, '@', 2) <> all(?))", "d.due_at", "d.due_at");
    private static final String LONGEST_UNTRIED_FIRST =
            DUE.formatted("true", "d.not_before, d.due_at", "d.not_before, d.due_at");

    private final DataSource database;
    private final String process;
    private final Function<Delivery, String> messageIds;
    private final Runnable afterOutcome;
    private final GroupCommit<Entry> ledger;
    /** Claimed, and what became of them is not written yet; by id. */
    private final Map<String, DueMail> atHand = new ConcurrentHashMap<>();

    /**
     * @param process this process and no other, not even the same one after a restart
     * @param messageIds of the mails that are handed over
     * @param afterOutcome called when there is something to publish
     */
    JdbcDeliveries(DataSource database, String process, Function<Delivery, String> messageIds, Runnable afterOutcome) {
        this.database = database;
        this.process = process;
        this.messageIds = messageIds;
        this.afterOutcome = afterOutcome;
        this.ledger = new GroupCommit<>("mail-ledger", this::write);
    }

    /** What senders want to have written. */
    private sealed interface Entry {
        default Optional<DueMail> about() {
            return Optional.empty();
        }
    }

    /** Somebody waits for it with an open connection. */
    private record Begin(DueMail mail, CompletableFuture<Boolean> begun) implements Entry {}

    private record End(
            DueMail mail, Delivery ended, @Nullable String messageId) implements Entry {
        @Override
        public Optional<DueMail> about() {
            return Optional.of(mail);
        }
    }

    private record Off(
            DueMail mail, Instant dueAt, @Nullable String why) implements Entry {
        @Override
        public Optional<DueMail> about() {
            return Optional.of(mail);
        }
    }

    private record Back(DueMail mail, String reason, Duration pause, boolean attempted) implements Entry {
        @Override
        public Optional<DueMail> about() {
            return Optional.of(mail);
        }
    }

    /** Everything before it is written. */
    private record Settled(CompletableFuture<Boolean> settled) implements Entry {}

    @Override
    public List<DueMail> claim(Set<Integer> partitions, int limit, Set<String> without) {
        int share = Math.max(LEAST_OF_A_PARTITION, limit / Math.max(1, partitions.size()));
        return claim((transaction, mine) -> Jdbc.query(
                transaction,
                OLDEST_FIRST,
                JdbcDeliveries::due,
                Jdbc.numbers(transaction, partitions),
                mine,
                Jdbc.texts(transaction, without),
                Math.min(limit, share),
                limit));
    }

    /** The mail that was tried longest ago, if ever. */
    @Override
    public Optional<DueMail> claimOne(Set<Integer> partitions) {
        return claim((transaction, mine) -> Jdbc.query(
                        transaction,
                        LONGEST_UNTRIED_FIRST,
                        JdbcDeliveries::due,
                        Jdbc.numbers(transaction, partitions),
                        mine,
                        1,
                        1))
                .stream()
                .findFirst();
    }

    private interface Search {
        List<Due> find(Connection transaction, Object mine) throws SQLException;
    }

    private List<DueMail> claim(Search search) {
        // As it is before the ledger is read: what came to its end after that is still planned in what is read.
        Set<String> mine = Set.copyOf(atHand.keySet());
        return Jdbc.inTransaction(database, transaction -> {
            List<Due> due = search.find(transaction, Jdbc.texts(transaction, mine));
            List<DueMail> claimed = due.isEmpty() ? List.of() : withOthers(transaction, read(transaction, due));
            claimed.forEach(mail -> atHand.put(mail.delivery().id(), mail));
            return claimed;
        });
    }

    /** A row of the ledger that is claimed. */
    private record Due(long claim, Delivery delivery, Instant now, Instant goesAt, int attempts) {}

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getLong("next_claim"),
                Rows.delivery(row),
                Jdbc.instant(row, "clock_now"),
                Jdbc.instant(row, "goes_at"),
                row.getInt("attempts"));
    }

    /** What is known about an occurrence. */
    private record Told(
            int version,
            Map<String, @Nullable Object> facts,
            @Nullable String ended,
            @Nullable String traceParent) {}

    /** Whom a mail goes to. */
    private record Reader(Contact contact, boolean bounced, boolean optedOut) {}

    /** With what their mails need; accounts and occurrences once each, since most mails of a moment are of few. */
    private static List<DueMail> read(Connection transaction, List<Due> due) throws SQLException {
        List<Delivery> deliveries = due.stream().map(Due::delivery).toList();
        Map<String, Account> accounts = accounts(transaction, distinct(deliveries, Delivery::account));
        Map<String, Told> occurrences = occurrences(transaction, distinct(deliveries, Delivery::occurrence));
        Map<String, Reader> readers = readers(transaction, deliveries);
        return due.stream()
                .map(mail -> dueMail(
                        mail,
                        Objects.requireNonNull(accounts.get(mail.delivery().account())),
                        Objects.requireNonNull(occurrences.get(mail.delivery().occurrence())),
                        Optional.ofNullable(readers.get(mail.delivery().id()))))
                .toList();
    }

    private static Set<String> distinct(List<Delivery> deliveries, Function<Delivery, String> of) {
        return deliveries.stream().map(of).collect(Collectors.toSet());
    }

    private static DueMail dueMail(Due due, Account account, Told told, Optional<Reader> reader) {
        return new DueMail(
                due.claim(),
                due.delivery(),
                account,
                reader.map(Reader::contact),
                reader.map(Reader::optedOut).orElse(false),
                told.facts(),
                Optional.ofNullable(told.ended())
                        .or(() -> reader.filter(Reader::bounced).map(found -> Reasons.ADDRESS_BOUNCED)),
                due.now(),
                due.goesAt(),
                List.of(),
                due.attempts(),
                new CampaignRef(due.delivery().campaign(), told.version()),
                told.traceParent());
    }

    private static Map<String, Account> accounts(Connection transaction, Set<String> ids) throws SQLException {
        return Jdbc.query(transaction, """
                        select id account_id, partition account_partition, facts, facts_at, stage, stage_since,
                               onboarding_since, contacts_at, started_on,
                               -- A mail's numbers are those told with its occurrence.
                               null usage, '[]' recaps
                        from account where id = any(?)
                        """, row -> Rows.account(row, List.of()), Jdbc.texts(transaction, ids)).stream()
                .collect(Collectors.toMap(Account::id, account -> account));
    }

    private static Map<String, Told> occurrences(Connection transaction, Set<String> keys) throws SQLException {
        Map<String, Told> occurrences = new HashMap<>();
        Jdbc.query(
                transaction,
                "select key, version, facts, ended_because, trace_parent from occurrence where key = any(?)",
                row -> occurrences.put(
                        Objects.requireNonNull(row.getString("key")),
                        new Told(
                                row.getInt("version"),
                                Rows.toldFacts(row),
                                row.getString("ended_because"),
                                row.getString("trace_parent"))),
                Jdbc.texts(transaction, keys));
        return occurrences;
    }

    /** By delivery; those whose contact is gone are left out. */
    private static Map<String, Reader> readers(Connection transaction, List<Delivery> deliveries) throws SQLException {
        Map<String, Reader> readers = new HashMap<>();
        Jdbc.query(
                transaction,
                """
                select d.id, c.id contact_id, c.name contact_name, c.email contact_email, c.roles contact_roles,
                       c.timezone contact_timezone, c.language contact_language,
                       exists (select from bounced_address bounced
                               where bounced.address = lower(trim(c.email)) and bounced.suppressed) bounced,
                       exists (select from opt_out out
                               where ((out.account = d.account and out.contact = d.contact)
                                      or out.address_hash = hash_of_address(lower(trim(c.email))))
                                 -- Of this kind, of all kinds, or of one that may be this one.
                                 and not exists (select from campaign_kind k
                                                 where k.campaign = d.campaign and k.kind <> out.kind)
                              ) opted_out
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) d (id, account, contact, address, campaign)
                cross join lateral (
                    (select * from contact where contact.account = d.account and contact.id = d.contact)
                    union all
                    -- The same person may have come back as another contact.
                    (select * from contact
                     where contact.account = d.account
                       and lower(trim(contact.email)) = d.address
                       and not exists (select from contact same where same.account = d.account and same.id = d.contact)
                     order by contact.id)
                    limit 1) c
                """,
                row -> readers.put(
                        Objects.requireNonNull(row.getString("id")),
                        new Reader(Rows.contact(row), row.getBoolean("bounced"), row.getBoolean("opted_out"))),
                Jdbc.texts(transaction, deliveries, Delivery::id),
                Jdbc.texts(transaction, deliveries, Delivery::account),
                Jdbc.texts(transaction, deliveries, Delivery::contact),
                Jdbc.texts(transaction, deliveries, Delivery::address),
                Jdbc.texts(transaction, deliveries, Delivery::campaign));
        return readers;
    }

    /**
     * What else the same people got of late, or are about to get from this process: of two mails to one person the one that looks later
     * sees the other. What another process has only claimed is not seen; it can only be of another account.
     */
    private List<DueMail> withOthers(Connection transaction, List<DueMail> claimed) throws SQLException {
        Set<String> addresses = new HashSet<>();
        Instant oldest = claimed.get(0).goesAt();
        for (DueMail mail : claimed) {
            Optional.ofNullable(mail.delivery().address()).ifPresent(addresses::add);
            oldest = mail.goesAt().isBefore(oldest) ? mail.goesAt() : oldest;
        }
        Map<String, Map<String, DueMail.Other>> counted = new HashMap<>();
        atHand.values().forEach(mail -> count(counted, mail));
        Jdbc.query(
                transaction,
                """
                select d.id, d.address, d.campaign, o.version, d.counted_at
                from delivery d join occurrence o on o.key = d.occurrence
                where d.address = any(?) and d.counted_at > ?
                  and d.state in ('sending', 'sent', 'bounced', 'unknown')
                """,
                row -> of(counted, row.getString("address"))
                        .put(
                                Objects.requireNonNull(row.getString("id")),
                                new DueMail.Other(
                                        new CampaignRef(
                                                Objects.requireNonNull(row.getString("campaign")),
                                                row.getInt("version")),
                                        Jdbc.instant(row, "counted_at"))),
                Jdbc.texts(transaction, addresses),
                oldest.minus(SendingRules.Cap.LONGEST));
        List<DueMail> looked = new ArrayList<>();
        for (DueMail mail : claimed) {
            looked.add(mail.withOthers(
                    List.copyOf(of(counted, mail.delivery().address()).values())));
            count(counted, mail);
        }
        return looked;
    }

    private static void count(Map<String, Map<String, DueMail.Other>> counted, DueMail mail) {
        of(counted, mail.delivery().address())
                .putIfAbsent(mail.delivery().id(), new DueMail.Other(mail.campaign(), mail.goesAt()));
    }

    private static Map<String, DueMail.Other> of(
            Map<String, Map<String, DueMail.Other>> counted, @Nullable String address) {
        return counted.computeIfAbsent(String.valueOf(address), unused -> new HashMap<>());
    }

    @Override
    public void letGo(DueMail mail) {
        atHand.remove(mail.delivery().id());
    }

    @Override
    public boolean begin(DueMail mail) {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        ledger.add(new Begin(mail, begun));
        return await(begun, BEGIN_WITHIN);
    }

    @Override
    public void record(DueMail mail, DeliveryState state, @Nullable String messageId, @Nullable String reason) {
        if (state == DeliveryState.FAILED || state == DeliveryState.UNKNOWN) {
            LOG.warn(
                    "a mail of {}, {}, is {}: {}",
                    mail.delivery().campaign(),
                    mail.delivery().step(),
                    state.wireName(),
                    reason);
        }
        ledger.add(new End(mail, mail.delivery().ended(state, reason, mail.now()), messageId), GATHER);
    }

    @Override
    public void putBack(DueMail mail, String reason, Duration pause) {
        ledger.add(new Back(mail, reason, pause, !pause.isZero()), GATHER);
    }

    @Override
    public void putBehind(DueMail mail, String reason) {
        ledger.add(new Back(mail, reason, BEHIND, false), GATHER);
    }

    @Override
    public void putOff(DueMail mail, Instant dueAt, @Nullable String why) {
        ledger.add(new Off(mail, dueAt, why), GATHER);
    }

    @Override
    public void settle(Duration atMost) {
        CompletableFuture<Boolean> settled = new CompletableFuture<>();
        ledger.add(new Settled(settled));
        try {
            await(settled, atMost);
        } catch (IllegalStateException e) {
            LOG.warn("what became of the last mails is not written yet: {}", e.getMessage());
        }
    }

    private static boolean await(CompletableFuture<Boolean> written, Duration atMost) {
        try {
            return written.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the ledger cannot be written: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the ledger is not written within " + atMost.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * What the mail server said must not be forgotten because the database is away for a moment: that is tried until it works. Who waits
     * to begin is told at once that it cannot be written.
     */
    private void write(List<Entry> batch) {
        List<Entry> left = writeOrKeep(batch);
        while (!left.isEmpty()) {
            pause();
            List<Entry> more = new ArrayList<>(left);
            more.addAll(ledger.take());
            left = writeOrKeep(more);
        }
    }

    /** Returns what is to be tried again. */
    private List<Entry> writeOrKeep(List<Entry> batch) {
        try {
            writeOnce(batch);
            return List.of();
        } catch (Jdbc.Failed e) {
            List<Entry> left = batch.stream().filter(entry -> !isTold(entry, e)).toList();
            LOG.warn("{} outcomes are not recorded yet, trying again: {}", left.size(), e.getMessage());
            return left;
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                LOG.error("an outcome is not recorded", e);
                isTold(batch.get(0), e);
                return List.of();
            }
            // The fault is in one of them: it costs only itself.
            return batch.stream()
                    .flatMap(entry -> writeOrKeep(List.of(entry)).stream())
                    .toList();
        }
    }

    private static boolean isTold(Entry entry, RuntimeException failure) {
        return entry instanceof Begin begin && begin.begun().completeExceptionally(failure);
    }

    private void writeOnce(List<Entry> batch) {
        List<Begin> begins = of(Begin.class, batch);
        List<End> ends = of(End.class, batch);
        List<Back> backs = of(Back.class, batch);
        List<Off> offs = of(Off.class, batch);
        Set<Long> begun = backs.isEmpty() && offs.isEmpty()
                ? Jdbc.atOnce(database, connection -> beginAndEnd(connection, begins, ends))
                : Jdbc.inTransaction(database, transaction -> {
                    Set<Long> written = beginAndEnd(transaction, begins, ends);
                    putBack(transaction, backs);
                    putOff(transaction, offs);
                    return written;
                });
        begins.forEach(
                begin -> begin.begun().complete(begun.contains(begin.mail().claim())));
        batch.forEach(entry -> entry.about().ifPresent(this::letGo));
        of(Settled.class, batch).forEach(settled -> settled.settled().complete(true));
        if (!ends.isEmpty()) {
            afterOutcome.run();
        }
    }

    private static <E extends Entry> List<E> of(Class<E> kind, List<Entry> batch) {
        return batch.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Returns the claims of those that are begun: of two of one mail, one is. */
    private Set<Long> beginAndEnd(Connection connection, List<Begin> begins, List<End> ends) throws SQLException {
        List<DueMail> mails = begins.stream().map(Begin::mail).toList();
        List<@Nullable Object> parameters = new ArrayList<>(List.of(
                process,
                Jdbc.texts(connection, mails, mail -> mail.delivery().id()),
                Jdbc.longs(connection, mails, DueMail::claim),
                Jdbc.instants(connection, mails, DueMail::goesAt),
                Jdbc.instants(connection, mails, mail -> mail.delivery().dueAt()),
                Jdbc.texts(connection, ends, end -> end.ended().id()),
                Jdbc.longs(connection, ends, end -> end.mail().claim()),
                Jdbc.texts(connection, ends, end -> end.ended().state().wireName()),
                Jdbc.texts(connection, ends, End::messageId),
                Jdbc.texts(connection, ends, end -> end.ended().reason()),
                Jdbc.instants(connection, ends, end -> end.ended().decidedAt())));
        parameters.addAll(Outbox.columns(
                connection,
                ends.stream()
                        .map(end -> Outcome.of(
                                        end.ended(),
                                        end.messageId(),
                                        end.ended().decidedAt())
                                .partOf(end.mail().traceParent()))
                        .toList()));
        return Set.copyOf(Jdbc.queryAfter(
                connection, ONE_PLAN, BEGIN_AND_END, row -> row.getLong("claim"), parameters.toArray()));
    }

    private static void putBack(Connection transaction, List<Back> backs) throws SQLException {
        Jdbc.updateEach(
                transaction,
                """
                update delivery set state = 'planned', claim = null, counts_at = null, reason = ?, attempts = attempts + ?,
                    not_before = now() + make_interval(secs => ?)
                where id = ? and (state = 'planned' and claim is distinct from ?
                                  or state in ('sending', 'unknown') and claim = ?)
                """,
                backs.stream()
                        .map(back -> new @Nullable Object[] {
                            back.reason(),
                            back.attempted() ? 1 : 0,
                            back.pause().toMillis() / 1000.0,
                            back.mail().delivery().id(),
                            back.mail().claim(),
                            back.mail().claim()
                        })
                        .toList());
    }

    private static void putOff(Connection transaction, List<Off> offs) throws SQLException {
        Jdbc.updateEach(
                transaction,
                """
                update delivery set due_at = ?, waits_because = ?, reason = null
                where id = ? and case state when 'planned' then due_at = ? else false end
                """,
                offs.stream()
                        .map(off -> new @Nullable Object[] {
                            off.dueAt(),
                            off.why(),
                            off.mail().delivery().id(),
                            off.mail().delivery().dueAt()
                        })
                        .toList());
    }

    @Override
    public int takeOver(Set<Integer> partitions) {
        return Jdbc.inTransaction(
                database,
                transaction -> doubt(transaction, "d.taken_by <> ?", Jdbc.numbers(transaction, partitions), process));
    }

    @Override
    public int abandon(Set<Integer> partitions, Duration begunBefore) {
        return Jdbc.inTransaction(
                database,
                transaction -> doubt(
                        transaction,
                        // Only what was due is being sent: there is no more to look at than waits.
                        "d.due_at <= c.now and d.taken_at <= now() - make_interval(secs => ?)",
                        Jdbc.numbers(transaction, partitions),
                        begunBefore.toMillis() / 1000.0));
    }

    private int doubt(Connection transaction, String which, Object... parameters) throws SQLException {
        List<Delivery> doubtful = Jdbc.query(transaction, """
                update delivery d set state = 'unknown', reason = '%s', decided_at = c.now
                from partition_clock c
                where c.partition = any(?) and d.partition = c.partition and not d.ended
                  and d.state = 'sending' and %s
                returning d.*
                """.formatted(DIED, which), Rows::delivery, parameters);
        if (!doubtful.isEmpty()) {
            // Who looks for the mail at the mail server, has nothing else to look for.
            Jdbc.update(
                    transaction,
                    "update delivery d set message_id = m.message_id from unnest(?::text[], ?::text[]) m (id, message_id) where d.id = m.id",
                    Jdbc.texts(transaction, doubtful, Delivery::id),
                    Jdbc.texts(transaction, doubtful, messageIds));
            Outbox.addAll(
                    transaction,
                    doubtful.stream()
                            .map(delivery -> Outcome.of(delivery, messageIds.apply(delivery), delivery.decidedAt()))
                            .toList());
            afterOutcome.run();
        }
        return doubtful.size();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
