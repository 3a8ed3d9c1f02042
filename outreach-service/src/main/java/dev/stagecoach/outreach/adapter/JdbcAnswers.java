package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.outreach.Answers;
import dev.stagecoach.outreach.delivery.Outcome;
import dev.stagecoach.outreach.delivery.Reasons;
import dev.stagecoach.outreach.mail.MailReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers in PostgreSQL. */
final class JdbcAnswers implements Answers {
    private final DataSource database;
    private final Runnable afterAnswer;

    /**
     * Records into this database.
     *
     * @param afterAnswer called when there is something to publish
     */
    JdbcAnswers(DataSource database, Runnable afterAnswer) {
        this.database = database;
        this.afterAnswer = afterAnswer;
    }

    @Override
    public Instant now(String account) {
        return Jdbc.inTransaction(
                database,
                transaction -> Jdbc.query(transaction, """
                                select coalesce((select c.now from partition_clock c
                                                 join account a on a.partition = c.partition where a.id = ?), now()) now
                                """, row -> Jdbc.instant(row, "now"), account)
                        .get(0));
    }

    @Override
    public void record(MailReference mail, Event<ContactResponse> answer) {
        Jdbc.inTransaction(database, transaction -> insert(transaction, mail, answer));
        afterAnswer.run();
    }

    @Override
    public void optOut(MailReference mail, Event<ContactResponse> answer) {
        Jdbc.inTransaction(database, transaction -> {
            boolean first = insert(transaction, mail, answer);
            if (first) {
                String address = address(transaction, mail);
                Jdbc.update(
                        transaction,
                        "insert into opt_out (account, contact, address, at) values (?, ?, ?, ?) on conflict do nothing",
                        mail.account(),
                        mail.contact(),
                        address,
                        answer.time());
                takeBack(transaction, mail, address, answer);
            }
            return first;
        });
        afterAnswer.run();
    }

    /** Whether it is new. */
    private static boolean insert(Connection transaction, MailReference mail, Event<ContactResponse> answer)
            throws SQLException {
        int inserted = Jdbc.update(
                transaction,
                """
                insert into response (id, kind, account, contact, campaign, occurrence, step, score, comment, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                answer.id(),
                answer.type().wireName(),
                mail.account(),
                mail.contact(),
                mail.campaign(),
                mail.occurrence(),
                mail.step(),
                answer.data().score(),
                answer.data().comment(),
                answer.time());
        if (inserted == 1) {
            Outbox.add(transaction, answer);
        }
        return inserted == 1;
    }

    /** Where the mail went: the contact may be gone, or have another address by now. */
    private static @Nullable String address(Connection transaction, MailReference mail) throws SQLException {
        List<String> addresses = Jdbc.query(
                transaction,
                """
                select lower(trim(email)) address from contact where account = ? and id = ?
                union all
                (select address from delivery
                 where account = ? and contact = ? and address is not null order by decided_at desc limit 1)
                """,
                row -> row.getString("address"),
                mail.account(),
                mail.contact(),
                mail.account(),
                mail.contact());
        return addresses.isEmpty() ? null : addresses.get(0);
    }

    private static void takeBack(
            Connection transaction, MailReference mail, @Nullable String address, Event<ContactResponse> answer)
            throws SQLException {
        Outbox.addAll(
                transaction,
                Jdbc.query(
                                transaction,
                                """
                                update delivery set state = 'suppressed', reason = ?, decided_at = ?, cause = ?
                                where state = 'planned' and ((account = ? and contact = ?) or address = ?)
                                returning *
                                """,
                                Rows::delivery,
                                Reasons.UNSUBSCRIBED,
                                answer.time(),
                                answer.id(),
                                mail.account(),
                                mail.contact(),
                                address)
                        .stream()
                        .map(delivery -> Outcome.of(delivery, null, delivery.decidedAt()))
                        .toList());
    }
}
