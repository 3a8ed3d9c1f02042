package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.outreach.Answers;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.delivery.Outcome;
import dev.stagecoach.outreach.delivery.Reasons;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    public Optional<Given> latest(MailReference mail, EventType type) {
        return Jdbc.inTransaction(
                database,
                transaction -> Jdbc.query(
                                transaction,
                                """
                                select id, score, comment, count(*) over () times from response
                                where account = ? and contact = ? and occurrence = ? and step = ? and kind = ?
                                order by number desc limit 1
                                """,
                                row -> new Given(
                                        row.getString("id"),
                                        row.getObject("score", Integer.class),
                                        row.getString("comment"),
                                        row.getInt("times")),
                                mail.account(),
                                mail.contact(),
                                mail.occurrence(),
                                mail.step(),
                                type.wireName())
                        .stream()
                        .findFirst());
    }

    @Override
    public Choice choice(MailReference mail) {
        return Jdbc.inTransaction(
                database, transaction -> new Choice(subscription(transaction, mail), changedBy(transaction, mail)));
    }

    private static Subscription subscription(Connection transaction, MailReference mail) throws SQLException {
        // A kind that this version does not know stays off without being shown.
        Set<Kind> off = EnumSet.noneOf(Kind.class);
        boolean nothing = false;
        List<Optional<String>> kinds = Jdbc.query(
                transaction,
                "select distinct kind from opt_out where (account = ? and contact = ?) or address_hash = hash_of_address(?)",
                row -> Optional.ofNullable(row.getString("kind")),
                mail.account(),
                mail.contact(),
                address(transaction, mail));
        for (Optional<String> kind : kinds) {
            nothing |= kind.isEmpty();
            kind.filter(JdbcAnswers::isKnown).map(Kind::of).ifPresent(off::add);
        }
        return new Subscription(nothing, off);
    }

    private static boolean isKnown(String kind) {
        return EnumSet.allOf(Kind.class).stream()
                .anyMatch(known -> known.wireName().equals(kind));
    }

    private static @Nullable String changedBy(Connection transaction, MailReference mail) throws SQLException {
        return Jdbc.query(
                        transaction,
                        """
                        select id from response where account = ? and contact = ? and kind in (?, ?)
                        order by number desc limit 1
                        """,
                        row -> row.getString("id"),
                        mail.account(),
                        mail.contact(),
                        EventType.UNSUBSCRIBED.wireName(),
                        EventType.RESUBSCRIBED.wireName())
                .stream()
                .findFirst()
                .orElse(null);
    }

    @Override
    public void record(MailReference mail, Event<ContactResponse> answer) {
        Jdbc.inTransaction(database, transaction -> insert(transaction, mail, answer));
        afterAnswer.run();
    }

    @Override
    public void change(MailReference mail, List<Event<ContactResponse>> changes) {
        Jdbc.inTransaction(database, transaction -> {
            String address = address(transaction, mail);
            for (Event<ContactResponse> change : changes) {
                if (insert(transaction, mail, change)) {
                    apply(transaction, mail, address, change);
                }
            }
            return changes;
        });
        afterAnswer.run();
    }

    private static void apply(
            Connection transaction, MailReference mail, @Nullable String address, Event<ContactResponse> change)
            throws SQLException {
        if (change.type() == EventType.RESUBSCRIBED) {
            forget(transaction, mail, address, change.data().kind());
            return;
        }
        Jdbc.update(
                transaction,
                """
                insert into opt_out (account, contact, address_hash, at, kind) values (?, ?, hash_of_address(?), ?, ?)
                on conflict do nothing
                """,
                mail.account(),
                mail.contact(),
                address,
                change.time(),
                change.data().kind());
        takeBack(transaction, mail, address, change);
    }

    private static void forget(
            Connection transaction, MailReference mail, @Nullable String address, @Nullable String kind)
            throws SQLException {
        Jdbc.update(transaction, """
                delete from opt_out
                where ((account = ? and contact = ?) or address_hash = hash_of_address(?)) and (?::text is null or kind = ?)
                """, mail.account(), mail.contact(), address, kind, kind);
    }

    /** Whether it is new. */
    private static boolean insert(Connection transaction, MailReference mail, Event<ContactResponse> answer)
            throws SQLException {
        int inserted = Jdbc.update(
                transaction,
                """
                insert into response (id, kind, account, contact, campaign, occurrence, step, score, comment, at, mail_kind)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
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
                answer.time(),
                answer.data().kind());
        if (inserted == 1) {
            Outbox.add(transaction, answer);
        }
        return inserted == 1;
    }

    /** Where the mail went: the contact may be gone, or have another address by now. */
    private static @Nullable String address(Connection transaction, MailReference mail) throws SQLException {
        return Jdbc.query(
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
                        mail.contact())
                .stream()
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static void takeBack(
            Connection transaction, MailReference mail, @Nullable String address, Event<ContactResponse> answer)
            throws SQLException {
        String kind = answer.data().kind();
        Outbox.addAll(
                transaction,
                Jdbc.query(
                                transaction,
                                """
                                update delivery set state = 'suppressed', reason = ?, decided_at = ?, cause = ?
                                where state = 'planned' and ((account = ? and contact = ?) or address = ?)
                                  and (?::text is null
                                       or campaign in (select k.campaign from campaign_kind k where k.kind = ?))
                                returning *
                                """,
                                Rows::delivery,
                                Reasons.UNSUBSCRIBED,
                                answer.time(),
                                answer.id(),
                                mail.account(),
                                mail.contact(),
                                address,
                                kind,
                                kind)
                        .stream()
                        .map(delivery -> Outcome.of(delivery, null, delivery.decidedAt()))
                        .toList());
    }
}
