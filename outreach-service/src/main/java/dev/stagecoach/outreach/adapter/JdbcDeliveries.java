package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.outreach.Deliveries;
import dev.stagecoach.outreach.DueMail;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The send ledger in PostgreSQL. */
final class JdbcDeliveries implements Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcDeliveries.class);
    private static final int MOST_ATTEMPTS = 300;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource database;
    private final String sender;
    private final Runnable afterOutcome;

    /**
     * @param sender this process and no other, not even the same one after a restart
     * @param afterOutcome called when there is something to publish
     */
    JdbcDeliveries(DataSource database, String sender, Runnable afterOutcome) {
        this.database = database;
        this.sender = sender;
        this.afterOutcome = afterOutcome;
    }

    @Override
    public List<DueMail> take(Set<Integer> partitions, int limit) {
        return Jdbc.inTransaction(
                database,
                transaction -> Jdbc.query(
                        transaction,
                        """
                        with due as (
                            select d.id from delivery d join partition_clock c on c.partition = d.partition
                            where d.state = 'planned' and d.partition = any(?) and d.due_at <= c.now
                              and d.not_before <= now()
                            order by d.due_at, d.id
                            limit ?
                            for update of d skip locked),
                        taken as (
                            update delivery d set state = 'sending', taken_by = ?, taken_at = now()
                            from due where due.id = d.id
                            returning d.*)
                        select taken.*, clock.now clock_now,
                               a.id account_id, a.partition account_partition, a.facts, a.facts_at, a.stage, a.stage_since,
                               a.onboarding_since, a.contacts_at, a.started_on, a.usage, a.recaps,
                               c.id contact_id, c.name contact_name, c.email contact_email, c.roles contact_roles,
                               c.timezone contact_timezone,
                               o.ended_because,
                               exists (select from opt_out out
                                       where ((out.account = taken.account and out.contact = taken.contact)
                                              or out.address = lower(trim(c.email)))
                                         -- Of this kind, of all kinds, or of one that may be this one.
                                         and not exists (select from campaign_kind k
                                                         where k.campaign = taken.campaign and k.kind <> out.kind)
                                      ) opted_out
                        from taken
                        join partition_clock clock on clock.partition = taken.partition
                        join occurrence o on o.key = taken.occurrence
                        join account a on a.id = taken.account
                        left join lateral (
                            -- The same person may have come back as another contact.
                            select * from contact
                            where contact.account = taken.account
                              and (contact.id = taken.contact or lower(trim(contact.email)) = taken.address)
                            order by (contact.id = taken.contact) desc, contact.id
                            limit 1) c on true
                        order by taken.due_at, taken.id
                        """,
                        JdbcDeliveries::dueMail,
                        Jdbc.numbers(transaction, partitions),
                        limit,
                        sender));
    }

    private static DueMail dueMail(ResultSet row) throws SQLException {
        return new DueMail(
                Rows.delivery(row),
                Rows.account(row, List.of()),
                row.getString("contact_id") == null ? Optional.empty() : Optional.of(Rows.contact(row)),
                row.getBoolean("opted_out"),
                Optional.ofNullable(row.getString("ended_because")),
                Jdbc.instant(row, "clock_now"),
                row.getInt("attempts"));
    }

    /** Whoever took the mail knows best what became of it, even when others have declared it unknown meanwhile. */
    @Override
    public void record(DueMail mail, DeliveryState state, @Nullable String messageId, @Nullable String reason) {
        Delivery ended = ended(mail.delivery(), state, reason, mail.now());
        patiently(transaction -> {
            int changed =
                    Jdbc.update(transaction, """
                    update delivery set state = ?, message_id = ?, reason = ?, decided_at = ?
                    where id = ? and taken_by = ? and state in ('sending', 'unknown')
                    """, state.wireName(), messageId, reason, mail.now(), ended.id(), sender);
            if (changed == 1 && state != DeliveryState.UNKNOWN) {
                Outbox.add(transaction, Outcome.of(ended, messageId, mail.now()));
            }
            return changed;
        });
        afterOutcome.run();
    }

    private static Delivery ended(Delivery delivery, DeliveryState state, @Nullable String reason, Instant at) {
        return new Delivery(
                delivery.id(),
                delivery.account(),
                delivery.partition(),
                delivery.campaign(),
                delivery.occurrence(),
                delivery.step(),
                delivery.contact(),
                delivery.recipient(),
                delivery.address(),
                state,
                delivery.dueAt(),
                at,
                reason,
                delivery.cause(),
                delivery.wantedAt(),
                delivery.held(),
                delivery.waitsBecause());
    }

    @Override
    public void putBack(DueMail mail, String reason, Duration pause) {
        patiently(transaction -> Jdbc.update(
                transaction,
                """
                        update delivery set state = 'planned', reason = ?, attempts = attempts + ?,
                            not_before = now() + make_interval(secs => ?)
                        where id = ? and taken_by = ? and state in ('sending', 'unknown')
                        """,
                reason,
                pause.isZero() ? 0 : 1,
                pause.toMillis() / 1000.0,
                mail.delivery().id(),
                sender));
    }

    @Override
    public int abandon(Set<Integer> partitions, Duration takenBefore) {
        return Jdbc.inTransaction(
                database,
                transaction -> Jdbc.update(
                        transaction,
                        """
                        update delivery set state = 'unknown', reason = 'its sender stopped while handing it over'
                        where state = 'sending' and partition = any(?) and taken_by <> ?
                          and taken_at <= now() - make_interval(secs => ?)
                        """,
                        Jdbc.numbers(transaction, partitions),
                        sender,
                        takenBefore.toMillis() / 1000.0));
    }

    /** What the mail server said must not be forgotten because the database is away for a moment. */
    private void patiently(Jdbc.Work<Integer> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                Jdbc.inTransaction(database, work);
                return;
            } catch (Jdbc.Failed e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                LOG.warn("an outcome is not recorded yet, trying again: {}", e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
