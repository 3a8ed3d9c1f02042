package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.UnreadableEventException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that are no events of the contract: kept for a person, and passed over. */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 2000;
    private static final String INSERT = """
            insert into dead_letter (topic, partition, at_offset, reason, value) values (?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private DeadLetters() {}

    /** What can be read of a batch; types that this version does not know are passed over. */
    static <R> List<R> readOrSetAside(
            Connection transaction, RecordReader<R> reader, List<ConsumerRecord<String, byte[]>> batch)
            throws SQLException {
        List<R> events = new ArrayList<>(batch.size());
        for (ConsumerRecord<String, byte[]> consumed : batch) {
            try {
                reader.read(consumed).ifPresent(events::add);
            } catch (UnreadableEventException e) {
                setAside(transaction, consumed, String.valueOf(e.getMessage()));
            }
        }
        return events;
    }

    private static void setAside(Connection transaction, ConsumerRecord<String, byte[]> consumed, String reason)
            throws SQLException {
        LOG.warn("{}-{}@{} is set aside: {}", consumed.topic(), consumed.partition(), consumed.offset(), reason);
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setString(1, consumed.topic());
            insert.setInt(2, consumed.partition());
            insert.setLong(3, consumed.offset());
            insert.setString(4, storable(reason));
            insert.setBytes(5, consumed.value());
            insert.executeUpdate();
        }
    }

    /** A reason may quote the record, and PostgreSQL takes no U+0000. */
    private static String storable(String reason) {
        String text = reason.replace('\0', '?');
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    }
}
