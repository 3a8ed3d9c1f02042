package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What this service has told the world, in its own database: how far that is known there, and what the ledger lacks. */
final class JdbcTold {
    private JdbcTold() {}

    /** Where in a topic to read on. */
    record Position(String topic, int partition, long nextOffset) {}

    /** What was told of a mail. */
    record Told(
            String delivery,
            DeliveryState state,
            @Nullable String messageId,
            @Nullable String reason,
            Instant at) {}

    static List<Position> positions(Connection transaction, Set<Integer> partitions) throws SQLException {
        return Jdbc.query(
                transaction,
                "select topic, partition, next_offset from told_position where partition = any(?)",
                row -> new Position(row.getString("topic"), row.getInt("partition"), row.getLong("next_offset")),
                Jdbc.numbers(transaction, partitions));
    }

    static void move(Connection transaction, Collection<Position> positions) throws SQLException {
        Jdbc.updateEach(
                transaction,
                """
                insert into told_position (topic, partition, next_offset) values (?, ?, ?)
                on conflict (topic, partition) do update set next_offset = excluded.next_offset
                """,
                positions.stream()
                        .map(position ->
                                new @Nullable Object[] {position.topic(), position.partition(), position.nextOffset()})
                        .toList());
    }

    /** Moves on without reading: only where the position is still the one that this process left. */
    static void moveOn(Connection transaction, Position from, long to) throws SQLException {
        Jdbc.update(
                transaction,
                "update told_position set next_offset = ? where topic = ? and partition = ? and next_offset = ?",
                to,
                from.topic(),
                from.partition(),
                from.nextOffset());
    }

    /**
     * Takes in what was told and the database does not know. What it knows already is left as it is.
     *
     * @param events in the order in which they were told
     * @return how many mails and choices were not known
     */
    static int learn(Connection transaction, List<Event<?>> events) throws SQLException {
        Map<String, Told> outcomes = new LinkedHashMap<>();
        int choices = 0;
        for (Event<?> event : events) {
            if (event.data() instanceof MessageOutcome outcome && outcome.contact() != null) {
                String delivery = Delivery.idOf(outcome.occurrence(), outcome.step(), outcome.contact());
                outcomes.put(
                        delivery,
                        new Told(delivery, stateOf(event.type()), outcome.messageId(), outcome.reason(), outcome.at()));
            } else if (event.data() instanceof ContactResponse response) {
                choices += learnChoice(transaction, event, response);
            }
        }
        return learnOutcomes(transaction, List.copyOf(outcomes.values())) + choices;
    }

    private static DeliveryState stateOf(EventType type) {
        return switch (type) {
            case MESSAGE_SENT -> DeliveryState.SENT;
            case MESSAGE_SUPPRESSED -> DeliveryState.SUPPRESSED;
            case MESSAGE_BOUNCED -> DeliveryState.BOUNCED;
            case MESSAGE_FAILED -> DeliveryState.FAILED;
            case MESSAGE_UNKNOWN -> DeliveryState.UNKNOWN;
            default -> throw new IllegalArgumentException(type + " tells of no mail");
        };
    }

    private static int learnOutcomes(Connection transaction, List<Told> told) throws SQLException {
        if (told.isEmpty()) {
            return 0;
        }
        int changed = Jdbc.update(transaction, """
                update delivery d set state = t.state, reason = t.reason, decided_at = t.at,
                    counts_at = coalesce(d.counts_at, t.at),
                    message_id = coalesce(t.message_id, d.message_id)
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                     t (id, state, message_id, reason, at)
                where d.id = t.id
                  and (d.state = 'planned'
                           and not (d.asked_again and t.state in ('unknown', 'failed'))
                       or d.state in ('sending', 'unknown') and t.state in ('sent', 'failed', 'bounced')
                       or d.state = 'sent' and t.state = 'bounced')
                """, columns(transaction, told));
        return changed + Jdbc.update(transaction, """
                        insert into told_outcome (delivery, state, message_id, reason, at)
                        select t.* from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                             t (id, state, message_id, reason, at)
                        where not exists (select from delivery d where d.id = t.id)
                        on conflict (delivery) do update set state = excluded.state,
                            message_id = coalesce(excluded.message_id, told_outcome.message_id),
                            reason = excluded.reason, at = excluded.at
                        """, columns(transaction, told));
    }

    private static Object[] columns(Connection transaction, List<Told> told) throws SQLException {
        return new Object[] {
            texts(transaction, told, Told::delivery),
            texts(transaction, told, one -> one.state().wireName()),
            texts(transaction, told, Told::messageId),
            texts(transaction, told, Told::reason),
            transaction.createArrayOf(
                    "timestamptz",
                    told.stream().map(one -> Jdbc.at(one.at()).toString()).toArray())
        };
    }

    private static Object texts(Connection transaction, List<Told> told, Function<Told, @Nullable String> value)
            throws SQLException {
        return transaction.createArrayOf("text", told.stream().map(value).toArray());
    }

    /** An answer that is known has had its effect, whatever was chosen since. */
    private static int learnChoice(Connection transaction, Event<?> event, ContactResponse response)
            throws SQLException {
        boolean choice = event.type() == EventType.UNSUBSCRIBED || event.type() == EventType.RESUBSCRIBED;
        if (!choice || !isNew(transaction, event, response)) {
            return 0;
        }
        if (event.type() == EventType.RESUBSCRIBED) {
            return Jdbc.update(
                    transaction,
                    "delete from opt_out where account = ? and contact = ? and (?::text is null or kind = ?)",
                    response.account(),
                    response.contact(),
                    response.kind(),
                    response.kind());
        }
        return Jdbc.update(
                transaction,
                """
                insert into opt_out (account, contact, address_hash, at, kind)
                values (?, ?, (select hash_of_address(lower(trim(email))) from contact where account = ? and id = ?), ?, ?)
                on conflict do nothing
                """,
                response.account(),
                response.contact(),
                response.account(),
                response.contact(),
                response.at(),
                response.kind());
    }

    private static boolean isNew(Connection transaction, Event<?> event, ContactResponse response) throws SQLException {
        String occurrence = response.occurrence() == null ? "" : response.occurrence();
        return Jdbc.update(
                        transaction,
                        """
                        insert into response (id, kind, account, contact, campaign, occurrence, step, at, mail_kind)
                        values (?, ?, ?, ?, ?, ?, '', ?, ?) on conflict do nothing
                        """,
                        event.id(),
                        event.type().wireName(),
                        response.account(),
                        response.contact(),
                        response.campaign(),
                        occurrence,
                        response.at(),
                        response.kind())
                == 1;
    }

    /** What was told of these mails, by their ids, before this database planned them. */
    static Map<String, Told> of(Connection transaction, Collection<String> deliveries) throws SQLException {
        Map<String, Told> told = new HashMap<>();
        if (deliveries.isEmpty()) {
            return told;
        }
        Jdbc.query(
                transaction,
                "select * from told_outcome where delivery = any(?)",
                row -> told.put(
                        row.getString("delivery"),
                        new Told(
                                row.getString("delivery"),
                                DeliveryState.of(row.getString("state")),
                                row.getString("message_id"),
                                row.getString("reason"),
                                Jdbc.instant(row, "at"))),
                Jdbc.texts(transaction, deliveries));
        return told;
    }

    /** These are in the ledger from now on. */
    static void settle(Connection transaction, Collection<Told> told) throws SQLException {
        Jdbc.updateEach(
                transaction,
                "update delivery set message_id = ? where id = ?",
                told.stream()
                        .map(one -> new @Nullable Object[] {one.messageId(), one.delivery()})
                        .toList());
        Jdbc.updateEach(
                transaction,
                "delete from told_outcome where delivery = ?",
                told.stream()
                        .map(one -> new @Nullable Object[] {one.delivery()})
                        .toList());
    }
}
