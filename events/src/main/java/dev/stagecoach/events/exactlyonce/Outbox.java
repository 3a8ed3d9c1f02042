package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** Events that leave the service if, and only if, the transaction that decided them commits. */
public final class Outbox {
    private static final String INSERT = """
            insert into outbox (id, type, topic, source, account, time, causation_id, value)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    /** Told now: what time a foreign record claims, a broker need not take. */
    private static final String INSERT_DEAD_LETTER = """
            insert into outbox (id, type, topic, source, time, value, key, header_names, header_values)
            values (?, 'dead-letter', ?, ?, now(), ?, ?, ?, ?)
            """;

    private Outbox() {}

    /**
     * Adds one event to the transaction. {@link OutboxRelay} publishes it after the commit, in the order of adding. Transactions
     * that decide about the same account must not overlap from here to their commit: lock the account's row first.
     */
    public static void add(Connection transaction, Event<?> event) throws SQLException {
        addAll(transaction, List.of(event));
    }

    /** Adds events in their order. */
    public static void addAll(Connection transaction, Collection<? extends Event<?>> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            for (Event<?> event : events) {
                insert.setString(1, event.id());
                insert.setString(2, event.type().wireName());
                insert.setString(3, event.topic());
                insert.setString(4, event.source());
                insert.setString(5, event.account());
                insert.setObject(6, event.time().atOffset(ZoneOffset.UTC));
                insert.setString(7, event.causationId());
                insert.setBytes(8, EventCodec.value(event.data()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Adds a dead letter of a group, for its topic. */
    static void addDeadLetter(Connection transaction, String group, DeadLetter letter) throws SQLException {
        Headers headers = letter.headers();
        try (PreparedStatement insert = transaction.prepareStatement(INSERT_DEAD_LETTER)) {
            insert.setString(1, letter.id(group));
            insert.setString(2, Topics.deadLetters(group));
            insert.setString(3, "/" + group);
            insert.setBytes(4, letter.value());
            insert.setBytes(5, DeadLetters.bytes(letter.key()));
            insert.setArray(6, DeadLetters.names(transaction, headers));
            insert.setArray(7, DeadLetters.values(transaction, headers));
            insert.executeUpdate();
        }
    }
}
