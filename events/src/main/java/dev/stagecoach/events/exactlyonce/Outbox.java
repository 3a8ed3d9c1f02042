package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Events that leave the service if, and only if, the transaction that decided them commits. */
public final class Outbox {
    /** The most that an event may be in JSON: below the 1 MiB that producers and brokers take. */
    public static final int MOST_BYTES = 900_000;

    private static final String INSERT = """
            insert into outbox (id, type, topic, source, account, time, causation_id, value, trace_parent)
            select id, type, topic, source, account, time, causation_id, value, trace_parent
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bytea[], ?::text[])
                with ordinality as told (id, type, topic, source, account, time, causation_id, value, trace_parent, place)
            where %s
            order by place
            """;
    private static final String INSERT_ALL = INSERT.formatted("true");
    /** Told now: what time a foreign record claims, a broker need not take. */
    private static final String INSERT_DEAD_LETTER = """
            insert into outbox (id, type, topic, source, time, value, key, header_names, header_values)
            values (?, 'dead-letter', ?, ?, now(), ?, ?, ?, ?)
            """;

    private Outbox() {}

    /**
     * Adds one event to the transaction. {@link OutboxRelay} publishes it after the commit, in the order of adding. Transactions
     * that decide about the same account must not overlap from here to their commit: lock the account's row first.
     *
     * @throws EventTooLargeException if the event is larger than {@value #MOST_BYTES} bytes; the transaction is to be rolled back
     */
    public static void add(Connection transaction, Event<?> event) throws SQLException {
        addAll(transaction, List.of(event));
    }

    /**
     * Adds events in their order.
     *
     * @throws EventTooLargeException as {@link #add} does
     */
    public static void addAll(Connection transaction, Collection<? extends Event<?>> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = transaction.prepareStatement(INSERT_ALL)) {
            int parameter = 1;
            for (Array column : columns(transaction, events)) {
                insert.setArray(parameter++, column);
            }
            insert.executeUpdate();
        }
    }

    /**
     * The statement that adds events, as a part of one that decides which: for those who change state and tell of it in one round trip. Its
     * parameters are {@link #columns}.
     *
     * @param condition on {@code place}, the number of an event from 1 on
     */
    public static String insertWhere(String condition) {
        return INSERT.formatted(condition);
    }

    /**
     * The parameters of {@link #insertWhere}.
     *
     * @throws EventTooLargeException as {@link #add} does
     */
    public static List<Array> columns(Connection connection, Collection<? extends Event<?>> events)
            throws SQLException {
        byte[][] values = events.stream().map(Outbox::value).toArray(byte[][]::new);
        return List.of(
                texts(connection, events, Event::id),
                texts(connection, events, event -> event.type().wireName()),
                texts(connection, events, Event::topic),
                texts(connection, events, Event::source),
                texts(connection, events, Event::account),
                texts(connection, events, event -> event.time().toString()),
                texts(connection, events, Event::causationId),
                connection.createArrayOf("bytea", values),
                texts(connection, events, Event::traceParent));
    }

    private static Array texts(
            Connection transaction,
            Collection<? extends Event<?>> events,
            Function<? super Event<?>, @Nullable String> text)
            throws SQLException {
        return transaction.createArrayOf("text", events.stream().map(text).toArray(String[]::new));
    }

    /** What Kafka would refuse must not get between the others. */
    private static byte[] value(Event<?> event) {
        byte[] value = EventCodec.value(event.data());
        if (value.length > MOST_BYTES) {
            throw new EventTooLargeException(event.type().wireName() + " of " + event.account() + ": " + value.length
                    + " bytes (expected: at most " + MOST_BYTES + ")");
        }
        return value;
    }

    /** Adds a dead letter of a group, for its topic. */
    static void addDeadLetter(Connection transaction, String group, String topic, DeadLetter letter)
            throws SQLException {
        Headers headers = letter.headers();
        try (PreparedStatement insert = transaction.prepareStatement(INSERT_DEAD_LETTER)) {
            insert.setString(1, letter.id(group));
            insert.setString(2, topic);
            insert.setString(3, "/" + group);
            insert.setBytes(4, letter.value());
            insert.setBytes(5, DeadLetters.bytes(letter.key()));
            insert.setArray(6, DeadLetters.names(transaction, headers));
            insert.setArray(7, DeadLetters.values(transaction, headers));
            insert.executeUpdate();
        }
    }
}
