package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/** Events that leave the service if, and only if, the transaction that decided them commits. */
public final class Outbox {
    private static final String INSERT = """
            insert into outbox (id, type, topic, source, account, time, causation_id, value)
            values (?, ?, ?, ?, ?, ?, ?, ?)
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
}
