package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.ReasonPattern;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that are passed over, because they cannot be read or cannot be applied: kept for a person in a table, and told in a
 * topic of dead letters.
 */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 2000;
    private static final String INSERT = """
            insert into dead_letter (topic, partition, at_offset, kind, reason, value, key, header_names, header_values)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    /** Whatever is said of a record that may name people, or stands in it. */
    private static final String NOT_TOLD = "not told, as it may name a person";

    private final ConsumerSettings settings;

    DeadLetters(ConsumerSettings settings) {
        this.settings = settings;
    }

    /** Why a record is passed over. */
    enum Kind {
        /** No event of the contract. */
        UNREADABLE("unreadable"),
        /** The handler fails at it, for a reason in the record. */
        INAPPLICABLE("inapplicable"),
        /** Kafka takes no record of this size; of the outbox, not of a topic. */
        UNPUBLISHABLE("unpublishable");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /**
     * What a batch holds.
     *
     * @param <R> what is read
     * @param events those of types that this version knows
     * @param setAside how many records could not be read
     */
    record Reading<R>(List<R> events, int setAside) {}

    /** Reads a batch, and sets aside what cannot be read. */
    <R> Reading<R> readOrSetAside(
            Connection transaction, RecordReader<R> reader, List<ConsumerRecord<String, byte[]>> batch)
            throws SQLException {
        List<R> events = new ArrayList<>(batch.size());
        int setAside = 0;
        for (ConsumerRecord<String, byte[]> consumed : batch) {
            try {
                reader.read(consumed).ifPresent(events::add);
            } catch (UnreadableEventException e) {
                setAside(transaction, consumed, Kind.UNREADABLE, String.valueOf(e.getMessage()));
                setAside++;
            }
        }
        return new Reading<>(events, setAside);
    }

    /**
     * Keeps and tells one record with all that came with it; but of contacts only where it stands, and for which account, where names and
     * addresses must not be held. The log quotes nothing of a record.
     */
    void setAside(Connection transaction, ConsumerRecord<String, byte[]> consumed, Kind kind, String why)
            throws SQLException {
        boolean namesPeople = consumed.topic().equals(Topics.CONTACTS);
        LogFields.about(
                consumed.key(),
                EventHeaders.ID.read(consumed.headers()).orElse(null),
                () -> LOG.warn(
                        "{}-{}@{} is set aside: {}",
                        consumed.topic(),
                        consumed.partition(),
                        consumed.offset(),
                        namesPeople ? NOT_TOLD : ReasonPattern.of(why)));
        boolean withheld = namesPeople && !settings.holdsPeople();
        ConsumerRecord<String, byte[]> kept = withheld ? withoutContent(consumed) : consumed;
        String reason = withheld ? NOT_TOLD : storable(why);
        keep(transaction, kept, kind, reason);
        Outbox.addDeadLetter(transaction, settings.group(), settings.deadLetters(), new DeadLetter(kept, kind, reason));
    }

    private static ConsumerRecord<String, byte[]> withoutContent(ConsumerRecord<String, byte[]> consumed) {
        Headers headers = new RecordHeaders();
        EventHeaders.DEAD_LETTER_LEFT_OUT.write(headers, NOT_TOLD);
        return new ConsumerRecord<>(
                consumed.topic(),
                consumed.partition(),
                consumed.offset(),
                consumed.timestamp(),
                consumed.timestampType(),
                consumed.serializedKeySize(),
                ConsumerRecord.NULL_SIZE,
                consumed.key(),
                null,
                headers,
                consumed.leaderEpoch());
    }

    private static void keep(Connection transaction, ConsumerRecord<String, byte[]> consumed, Kind kind, String reason)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setString(1, consumed.topic());
            insert.setInt(2, consumed.partition());
            insert.setLong(3, consumed.offset());
            insert.setString(4, kind.wireName());
            insert.setString(5, reason);
            insert.setBytes(6, consumed.value());
            insert.setBytes(7, bytes(consumed.key()));
            insert.setArray(8, names(transaction, consumed.headers()));
            insert.setArray(9, values(transaction, consumed.headers()));
            insert.executeUpdate();
        }
    }

    /** As bytes: a foreign text may hold U+0000, which PostgreSQL's text does not take. */
    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    static Array names(Connection connection, Headers headers) throws SQLException {
        List<byte[]> names = new ArrayList<>();
        for (Header header : headers) {
            names.add(header.key().getBytes(StandardCharsets.UTF_8));
        }
        return connection.createArrayOf("bytea", names.toArray(byte[][]::new));
    }

    static Array values(Connection connection, Headers headers) throws SQLException {
        List<byte[]> values = new ArrayList<>();
        for (Header header : headers) {
            values.add(header.value());
        }
        return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
    }

    /** A reason may quote the record, and PostgreSQL takes no U+0000. */
    private static String storable(String reason) {
        String text = reason.replace('\0', '?');
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    }
}
