package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.outreach.Bounces;
import dev.stagecoach.outreach.bounce.Bounce;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Bounces in PostgreSQL. A hard one suppresses its address at once, soft ones when so many came within some time. */
final class JdbcBounces implements Bounces {
    private static final Set<DeliveryState> HANDED_OVER =
            Set.of(DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.BOUNCED);

    private final DataSource database;
    private final int softLimit;
    private final Duration softWithin;
    private final Runnable afterBounce;

    JdbcBounces(DataSource database, int softLimit, Duration softWithin, Runnable afterBounce) {
        this.database = database;
        this.softLimit = softLimit;
        this.softWithin = softWithin;
        this.afterBounce = afterBounce;
    }

    private record Mail(Delivery delivery, @Nullable String messageId, Instant now) {
        static Mail read(ResultSet row) throws SQLException {
            return new Mail(Rows.delivery(row), row.getString("message_id"), Jdbc.instant(row, "clock_now"));
        }
    }

    @Override
    public boolean record(String delivery, Bounce bounce) {
        boolean known = Jdbc.inTransaction(database, transaction -> {
            List<Mail> found = Jdbc.query(transaction, """
                    select d.*, c.now clock_now from delivery d join partition_clock c on c.partition = d.partition
                    where d.id = ? for update of d
                    """, Mail::read, delivery);
            if (found.isEmpty() || !HANDED_OVER.contains(found.get(0).delivery().state())) {
                return false;
            }
            record(transaction, found.get(0), bounce);
            return true;
        });
        if (known) {
            afterBounce.run();
        }
        return known;
    }

    private void record(Connection transaction, Mail mail, Bounce bounce) throws SQLException {
        Delivery delivery = mail.delivery();
        int added = Jdbc.update(
                transaction, """
                insert into bounce (delivery, address, hard, at, reason) values (?, ?, ?, ?, ?) on conflict do nothing
                """, delivery.id(), delivery.address(), bounce.isHard(), mail.now(), bounce.reason());
        if (added == 0) {
            return;
        }
        Delivery bounced = delivery.ended(DeliveryState.BOUNCED, bounce.reason(), mail.now());
        Jdbc.update(
                transaction,
                "update delivery set state = ?, reason = ?, decided_at = ? where id = ?",
                DeliveryState.BOUNCED.wireName(),
                bounced.reason(),
                bounced.decidedAt(),
                bounced.id());
        Outbox.add(transaction, Outcome.of(bounced, mail.messageId(), bounced.decidedAt()));
        count(transaction, bounced, mail.now());
    }

    private void count(Connection transaction, Delivery bounced, Instant now) throws SQLException {
        Jdbc.update(transaction, """
                insert into bounced_address (address, hard, soft_count, last_at, reason, suppressed)
                select address, bool_or(hard), soft, ?, ?, bool_or(hard) or soft >= ?
                from (select b.*, count(*) filter (where not hard and at > ?) over () soft
                      from bounce b where b.address = ?) all_of_it
                group by address, soft
                on conflict (address) do update set hard = excluded.hard, soft_count = excluded.soft_count,
                    last_at = excluded.last_at, reason = excluded.reason,
                    suppressed = bounced_address.suppressed or excluded.suppressed
                """, now, bounced.reason(), softLimit, now.minus(softWithin), bounced.address());
    }
}
