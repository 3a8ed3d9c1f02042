package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.outreach.Verdict;
import dev.stagecoach.outreach.Verdicts;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Outcome;
import dev.stagecoach.outreach.delivery.Reasons;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Verdicts in PostgreSQL. */
final class JdbcVerdicts implements Verdicts {
    private final DataSource database;
    private final Runnable afterVerdict;

    /**
     * @param afterVerdict called when there is something to publish or to send
     */
    JdbcVerdicts(DataSource database, Runnable afterVerdict) {
        this.database = database;
        this.afterVerdict = afterVerdict;
    }

    /** A mail in the ledger with the time of its partition. */
    private record Doubt(DeliveryState state, Instant now) {}

    @Override
    public DeliveryState resolve(String delivery, Verdict verdict) {
        DeliveryState before = Jdbc.inTransaction(database, transaction -> {
            Doubt doubt = lock(transaction, delivery);
            if (doubt.state() == DeliveryState.UNKNOWN) {
                apply(transaction, delivery, verdict, doubt.now());
                keep(transaction, delivery, verdict, 1, doubt.now());
            }
            return doubt.state();
        });
        afterVerdict.run();
        return before;
    }

    private static Doubt lock(Connection transaction, String delivery) throws SQLException {
        return Jdbc.query(
                        transaction,
                        """
                        select d.state, c.now from delivery d join partition_clock c using (partition)
                        where d.id = ? for update of d
                        """,
                        row -> new Doubt(DeliveryState.of(row.getString("state")), Jdbc.instant(row, "now")),
                        delivery)
                .stream()
                .findFirst()
                .orElseThrow(() -> new UnknownDelivery(delivery));
    }

    private static void apply(Connection transaction, String delivery, Verdict verdict, Instant now)
            throws SQLException {
        switch (verdict.kind()) {
            case SENT -> end(transaction, delivery, DeliveryState.SENT, words("sent", verdict), now);
            case NOT_SENT -> end(transaction, delivery, DeliveryState.FAILED, words("not sent", verdict), now);
            case SEND_AGAIN -> sendAgain(transaction, delivery, words("to be sent again", verdict));
            default -> throw new IllegalArgumentException("a doubt is not resolved by " + verdict.kind());
        }
    }

    private static String words(String what, Verdict verdict) {
        return what + ", says " + verdict.by() + ": " + verdict.reason();
    }

    /** Whoever had taken it has no say any more. */
    private static void end(Connection transaction, String delivery, DeliveryState state, String reason, Instant now)
            throws SQLException {
        record Ended(Delivery delivery, @Nullable String messageId) {}
        List<Ended> ended = Jdbc.query(
                transaction,
                "update delivery set state = ?, reason = ?, decided_at = ?, claim = null where id = ? returning *",
                row -> new Ended(Rows.delivery(row), row.getString("message_id")),
                state.wireName(),
                reason,
                now,
                delivery);
        for (Ended mail : ended) {
            Outbox.add(transaction, Outcome.of(mail.delivery(), mail.messageId(), now));
        }
    }

    private static void sendAgain(Connection transaction, String delivery, String reason) throws SQLException {
        Jdbc.update(transaction, """
                update delivery set state = 'planned', reason = ?, claim = null, attempts = 0, not_before = now(), asked_again = true
                where id = ?
                """, reason, delivery);
    }

    @Override
    public int judge(String target, Verdict verdict) {
        int judged = Jdbc.inTransaction(database, transaction -> {
            int mails = switch (verdict.kind()) {
                case RELEASE -> release(transaction, target);
                case REJECT -> reject(transaction, target, verdict);
                default -> throw new IllegalArgumentException("nothing is approved by " + verdict.kind());
            };
            if (mails > 0) {
                keep(transaction, target, verdict, mails, null);
            }
            return mails;
        });
        afterVerdict.run();
        return judged;
    }

    /**
     * The mails are not due before the next tick has looked at the account again and given them their times: it may be night by now, and
     * others may have gone to the same people meanwhile.
     */
    private static int release(Connection transaction, String target) throws SQLException {
        List<String> accounts =
                Jdbc.query(transaction, """
                update delivery d set held = false, reason = null, decided_at = c.now, due_at = ?
                from partition_clock c
                where c.partition = d.partition and d.state = 'planned' and d.held
                  and (d.occurrence = ? or d.campaign = ?)
                returning d.account
                """, row -> row.getString("account"), Delivery.NOT_PLACED, target, target);
        return accounts.size();
    }

    private static int reject(Connection transaction, String target, Verdict verdict) throws SQLException {
        List<Delivery> rejected =
                Jdbc.query(transaction, """
                update delivery d set state = 'suppressed', held = false, reason = ?, decided_at = c.now
                from partition_clock c
                where c.partition = d.partition and d.state = 'planned' and d.held
                  and (d.occurrence = ? or d.campaign = ?)
                returning d.*
                """, Rows::delivery, words(Reasons.REJECTED, verdict), target, target);
        for (Delivery delivery : rejected) {
            Outbox.add(transaction, Outcome.of(delivery, null, delivery.decidedAt()));
        }
        return rejected.size();
    }

    private static void keep(Connection transaction, String target, Verdict verdict, int mails, @Nullable Instant at)
            throws SQLException {
        Jdbc.update(
                transaction,
                "insert into verdict (target, kind, by_whom, reason, mails, at) values (?, ?, ?, ?, ?, ?)",
                target,
                verdict.kind().wireName(),
                verdict.by(),
                verdict.reason(),
                mails,
                at);
    }
}
