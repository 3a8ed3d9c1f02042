package dev.stagecoach.outreach.adapter;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The send ledger in PostgreSQL. What senders begin and end is written in groups, a transaction for all that came together while
 * the last was committed.
 */
final class JdbcDeliveries implements Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcDeliveries.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A mail server waits longer than that for the next command. */
    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(20);

    /** How long others go before a mail at which the connection broke. */
    private static final Duration BEHIND = Duration.ofSeconds(5);

    private static final String DIED = "its sender stopped while handing it over";

    /** Partitions with little to do are looked at with the others. */
    private static final int LEAST_OF_A_PARTITION = 16;

    private final DataSource database;
    private final String process;
    private final Runnable afterOutcome;
    /** Apart from the other one, because somebody waits for it with an open connection. */
    private final GroupCommit<Begin> begins;

    private final GroupCommit<Entry> ledger;
    /** Claimed, and what became of them is not written yet; by id. */
    private final Map<String, DueMail> atHand = new ConcurrentHashMap<>();

    /**
     * @param process this process and no other, not even the same one after a restart
     * @param afterOutcome called when there is something to publish
     */
    JdbcDeliveries(DataSource database, String process, Runnable afterOutcome) {
        this.database = database;
        this.process = process;
        this.afterOutcome = afterOutcome;
        this.begins = new GroupCommit<>("mail-begins", this::writeBegins);
        this.ledger = new GroupCommit<>("mail-ledger", this::write);
    }

    /** What senders want to have written. */
    private sealed interface Entry {
        default Optional<DueMail> about() {
            return Optional.empty();
        }
    }

    private record Begin(DueMail mail, CompletableFuture<Boolean> begun) {}

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
        return Jdbc.inTransaction(database, transaction -> {
            List<String> due = due(transaction, partitions, limit, without);
            List<DueMail> claimed = due.isEmpty() ? List.of() : withOthers(transaction, read(transaction, due));
            claimed.forEach(mail -> atHand.put(mail.delivery().id(), mail));
            return claimed;
        });
    }

    @Override
    public Optional<DueMail> claimOne(Set<Integer> partitions) {
        return Jdbc.inTransaction(database, transaction -> {
            List<String> due = tried(transaction, partitions);
            List<DueMail> claimed = due.isEmpty() ? List.of() : withOthers(transaction, read(transaction, due));
            claimed.forEach(mail -> atHand.put(mail.delivery().id(), mail));
            return claimed.stream().findFirst();
        });
    }

    /** The id of the mail that was tried longest ago, if ever. */
    private List<String> tried(Connection transaction, Set<Integer> partitions) throws SQLException {
        return Jdbc.query(
                transaction,
                """
                select d.id from delivery d join partition_clock c on c.partition = d.partition
                where d.state = 'planned' and not d.held and d.partition = any(?)
                  and d.due_at <= c.now and d.not_before <= now() and d.id <> all(?)
                order by d.not_before, d.due_at, d.id limit 1
                """,
                row -> row.getString("id"),
                Jdbc.numbers(transaction, partitions),
                Jdbc.texts(transaction, atHand.keySet()));
    }

    /**
     * Ids of mails that nobody here has at hand. Of each partition the first by its index, so that a long queue costs no more than a
     * short one.
     */
    private List<String> due(Connection transaction, Set<Integer> partitions, int limit, Set<String> without)
            throws SQLException {
        Map<Integer, Long> reached = atHand.values().stream()
                .collect(Collectors.groupingBy(mail -> mail.delivery().partition(), Collectors.counting()));
        List<Integer> numbers = List.copyOf(partitions);
        int share = Math.max(LEAST_OF_A_PARTITION, 2 * limit / Math.max(1, numbers.size()));
        List<Integer> mosts = numbers.stream()
                .map(partition -> Math.min(limit, share)
                        + reached.getOrDefault(partition, 0L).intValue())
                .toList();
        return Jdbc.query(
                        transaction,
                        """
                        select first.id from unnest(?::int[], ?::int[]) mine (partition, most)
                        join partition_clock c on c.partition = mine.partition
                        cross join lateral (
                            select d.id, d.due_at from delivery d
                            where d.state = 'planned' and not d.held and d.partition = mine.partition
                              and d.due_at <= c.now and d.not_before <= now()
                              and (d.address is null or split_part(d.address, '@', 2) <> all(?))
                            order by d.due_at
                            limit mine.most) first
                        order by first.due_at, first.id
                        """,
                        row -> row.getString("id"),
                        Jdbc.numbers(transaction, numbers),
                        Jdbc.numbers(transaction, mosts),
                        Jdbc.texts(transaction, without))
                .stream()
                .filter(id -> !atHand.containsKey(id))
                .limit(limit)
                .toList();
    }

    private static List<DueMail> read(Connection transaction, List<String> due) throws SQLException {
        Map<String, Account> accounts = new HashMap<>();
        return Jdbc.query(
                transaction, """
                select d.*, nextval('delivery_claim') next_claim, clock.now clock_now,
                       case when d.due_at > clock.previous then d.due_at else clock.now end goes_at,
                       a.id account_id, a.partition account_partition, a.facts, a.facts_at, a.stage, a.stage_since,
                       a.onboarding_since, a.contacts_at, a.started_on,
                       -- A mail's numbers are those told with its occurrence.
                       null usage, '[]' recaps,
                       c.id contact_id, c.name contact_name, c.email contact_email, c.roles contact_roles,
                       c.timezone contact_timezone, c.language contact_language,
                       o.version occurrence_version, o.facts told_facts,
                       coalesce(o.ended_because, (
                           select ? from bounced_address bounced
                           where bounced.address = lower(trim(c.email)) and bounced.suppressed)) ended_because,
                       exists (select from opt_out out
                               where ((out.account = d.account and out.contact = d.contact)
                                      or out.address = lower(trim(c.email)))
                                 -- Of this kind, of all kinds, or of one that may be this one.
                                 and not exists (select from campaign_kind k
                                                 where k.campaign = d.campaign and k.kind <> out.kind)
                              ) opted_out
                from delivery d
                join partition_clock clock on clock.partition = d.partition
                join occurrence o on o.key = d.occurrence
                join account a on a.id = d.account
                left join lateral (
                    (select * from contact where contact.account = d.account and contact.id = d.contact)
                    union all
                    -- The same person may have come back as another contact.
                    (select * from contact
                     where contact.account = d.account
                       and lower(trim(contact.email)) = d.address
                       and not exists (select from contact same where same.account = d.account and same.id = d.contact)
                     order by contact.id)
                    limit 1) c on true
                where d.id = any(?)
                  -- Again: meanwhile it may have been sent or put off, and be at hand no more.
                  and case d.state when 'planned' then not d.held else false end
                  and d.due_at <= clock.now and d.not_before <= now()
                order by d.due_at, d.id
                """, row -> dueMail(row, accounts), Reasons.ADDRESS_BOUNCED, Jdbc.texts(transaction, due));
    }

    /**
     * What else the same people got of late, or are about to get from this process: of two mails to one person the one that looks later
     * sees the other. What another process has only claimed is not seen; it can only be of another account.
     */
    private List<DueMail> withOthers(Connection transaction, List<DueMail> claimed) throws SQLException {
        if (claimed.isEmpty()) {
            return claimed;
        }
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
                select d.id, d.address, d.campaign, o.version, d.counts_at
                from delivery d join occurrence o on o.key = d.occurrence
                where d.address = any(?) and d.counts_at > ?
                  and d.state in ('sending', 'sent', 'bounced', 'unknown')
                """,
                row -> of(counted, row.getString("address"))
                        .put(
                                Objects.requireNonNull(row.getString("id")),
                                new DueMail.Other(
                                        new CampaignRef(
                                                Objects.requireNonNull(row.getString("campaign")),
                                                row.getInt("version")),
                                        Jdbc.instant(row, "counts_at"))),
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

    /** @param accounts those that were read already: most mails of a moment are of few accounts */
    private static DueMail dueMail(ResultSet row, Map<String, Account> accounts) throws SQLException {
        String id = Objects.requireNonNull(row.getString("account"));
        Account account = accounts.get(id);
        if (account == null) {
            account = Rows.account(row, List.of());
            accounts.put(id, account);
        }
        return new DueMail(
                row.getLong("next_claim"),
                Rows.delivery(row),
                account,
                row.getString("contact_id") == null ? Optional.empty() : Optional.of(Rows.contact(row)),
                row.getBoolean("opted_out"),
                Rows.toldFacts(row, "told_facts"),
                Optional.ofNullable(row.getString("ended_because")),
                Jdbc.instant(row, "clock_now"),
                Jdbc.instant(row, "goes_at"),
                List.of(),
                row.getInt("attempts"),
                new CampaignRef(Objects.requireNonNull(row.getString("campaign")), row.getInt("occurrence_version")));
    }

    @Override
    public void letGo(DueMail mail) {
        atHand.remove(mail.delivery().id());
    }

    @Override
    public boolean begin(DueMail mail) {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        begins.add(new Begin(mail, begun));
        return await(begun, BEGIN_WITHIN);
    }

    @Override
    public void record(DueMail mail, DeliveryState state, @Nullable String messageId, @Nullable String reason) {
        ledger.add(new End(mail, mail.delivery().ended(state, reason, mail.now()), messageId));
    }

    @Override
    public void putBack(DueMail mail, String reason, Duration pause) {
        ledger.add(new Back(mail, reason, pause, !pause.isZero()));
    }

    @Override
    public void putBehind(DueMail mail, String reason) {
        ledger.add(new Back(mail, reason, BEHIND, false));
    }

    @Override
    public void putOff(DueMail mail, Instant dueAt, @Nullable String why) {
        ledger.add(new Off(mail, dueAt, why));
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

    /** Who waits to begin is told at once when that cannot be written. */
    private void writeBegins(List<Begin> batch) {
        try {
            Set<String> begun = Set.copyOf(Jdbc.atOnce(database, connection -> begin(connection, batch)));
            batch.forEach(begin -> begin.begun()
                    .complete(begun.contains(begin.mail().delivery().id())));
        } catch (RuntimeException e) {
            batch.forEach(begin -> begin.begun().completeExceptionally(e));
        }
    }

    /** What the mail server said must not be forgotten because the database is away for a moment: that is tried until it works. */
    private void write(List<Entry> batch) {
        while (true) {
            try {
                writeOnce(batch);
                return;
            } catch (Jdbc.Failed e) {
                LOG.warn("{} outcomes are not recorded yet, trying again: {}", batch.size(), e.getMessage());
                pause();
            } catch (RuntimeException e) {
                if (batch.size() == 1) {
                    throw e;
                }
                // The fault is in one of them: it costs only itself.
                batch.forEach(this::writeAlone);
                return;
            }
        }
    }

    private void writeAlone(Entry entry) {
        try {
            write(List.of(entry));
        } catch (RuntimeException e) {
            LOG.error("an outcome is not recorded", e);
        }
    }

    private void writeOnce(List<Entry> batch) {
        List<End> ends = of(End.class, batch);
        List<Back> backs = of(Back.class, batch);
        List<Off> offs = of(Off.class, batch);
        if (!ends.isEmpty() || !backs.isEmpty() || !offs.isEmpty()) {
            Jdbc.inTransaction(database, transaction -> {
                putBack(transaction, backs);
                putOff(transaction, offs);
                return tell(transaction, end(transaction, ends));
            });
        }
        batch.forEach(entry -> entry.about().ifPresent(this::letGo));
        of(Settled.class, batch).forEach(settled -> settled.settled().complete(true));
        if (!ends.isEmpty()) {
            afterOutcome.run();
        }
    }

    private static <E extends Entry> List<E> of(Class<E> kind, List<Entry> batch) {
        return batch.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * Nobody else must have begun, decided otherwise, or given it another time since it was claimed. The condition is a case, so that
     * no planner takes the index of all that is planned for the way to a single mail.
     */
    private List<String> begin(Connection connection, List<Begin> begins) throws SQLException {
        int[] begun = Jdbc.updateEach(
                connection,
                """
                update delivery set state = 'sending', claim = ?, taken_by = ?, taken_at = now(), counts_at = ?
                where id = ? and case state
                    when 'planned' then not held and due_at = ?
                    when 'sending' then claim = ?
                    else false end
                """,
                begins.stream()
                        .map(begin -> new @Nullable Object[] {
                            begin.mail().claim(),
                            process,
                            begin.mail().goesAt(),
                            begin.mail().delivery().id(),
                            begin.mail().delivery().dueAt(),
                            begin.mail().claim()
                        })
                        .toList());
        return IntStream.range(0, begun.length)
                .filter(i -> begun[i] == 1)
                .mapToObj(i -> begins.get(i).mail().delivery().id())
                .toList();
    }

    /** Whoever holds the claim knows best what became of the mail, even when others have declared it unknown meanwhile. */
    private static List<End> end(Connection transaction, List<End> ends) throws SQLException {
        int[] ended = Jdbc.updateEach(
                transaction,
                """
                update delivery set state = ?, message_id = ?, reason = ?, decided_at = ?
                where id = ? and (state = 'planned' and claim is distinct from ?
                                  or state in ('sending', 'unknown') and claim = ?)
                """,
                ends.stream()
                        .map(end -> new @Nullable Object[] {
                            end.ended().state().wireName(),
                            end.messageId(),
                            end.ended().reason(),
                            end.ended().decidedAt(),
                            end.ended().id(),
                            end.mail().claim(),
                            end.mail().claim()
                        })
                        .toList());
        return IntStream.range(0, ended.length)
                .filter(i -> ended[i] == 1)
                .mapToObj(ends::get)
                .toList();
    }

    private static int tell(Connection transaction, List<End> ended) throws SQLException {
        Outbox.addAll(
                transaction,
                ended.stream()
                        .map(end -> Outcome.of(
                                end.ended(), end.messageId(), end.ended().decidedAt()))
                        .toList());
        return ended.size();
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
                transaction -> doubt(
                        transaction,
                        "d.state = 'sending' and d.partition = any(?) and d.taken_by <> ?",
                        Jdbc.numbers(transaction, partitions),
                        process));
    }

    @Override
    public int abandon(Set<Integer> partitions, Duration begunBefore) {
        return Jdbc.inTransaction(
                database,
                transaction -> doubt(
                        transaction, """
                        d.state = 'sending' and d.partition = any(?)
                            and d.taken_at <= now() - make_interval(secs => ?)
                        """, Jdbc.numbers(transaction, partitions), begunBefore.toMillis() / 1000.0));
    }

    private int doubt(Connection transaction, String which, Object... parameters) throws SQLException {
        List<Delivery> doubtful = Jdbc.query(transaction, """
                update delivery d set state = 'unknown', reason = '%s', decided_at = c.now
                from partition_clock c where c.partition = d.partition and %s
                returning d.*
                """.formatted(DIED, which), Rows::delivery, parameters);
        Outbox.addAll(
                transaction,
                doubtful.stream()
                        .map(delivery -> Outcome.of(delivery, null, delivery.decidedAt()))
                        .toList());
        if (!doubtful.isEmpty()) {
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
