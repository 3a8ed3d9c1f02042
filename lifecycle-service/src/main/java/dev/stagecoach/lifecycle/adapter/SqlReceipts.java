package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.adapter.Receipts.Day;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that counted lately, in a table to which each batch adds a row for a partition and day, eight bytes an event. Rows are
 * merged when there are many, and those merged again, so that each event is written three times at the most, and reading all of
 * them back takes few rows.
 */
final class SqlReceipts {
    /** Rows of a batch, of some batches, and those that are merged no more. */
    static final int LEVELS = 3;

    private static final int LAST = LEVELS - 1;
    /** How many rows of a level make one of the next. */
    private static final int MANY = 32;
    /** A row that holds so many is merged no more: what is read at a time must fit in memory. */
    private static final int FULL_BYTES = 256 * 1_024;

    private static final int ROWS_AT_A_TIME = 8;

    private static final String DAYS = """
            select day, sum(octet_length(ids)) / 8 from event_receipt
            where partition = ? and day >= (select max(day) from event_receipt where partition = ?) - ?
            group by day order by day
            """;
    private static final String IDS = "select level, ids from event_receipt where partition = ? and day = ?";
    private static final String WRITE = """
            insert into event_receipt (partition, day, level, ids)
            select partition, day, 0, ids from unnest(?::int[], ?::date[], ?::bytea[]) as new (partition, day, ids)
            """;
    private static final String MERGE = """
            with merged as (delete from event_receipt where partition = ? and day = ? and level = ? returning ids)
            insert into event_receipt (partition, day, level, ids)
            select ?, ?, case when sum(octet_length(ids)) < ? then ? else ? end, string_agg(ids, ''::bytea) from merged
            returning level
            """;
    private static final String FORGET = "delete from event_receipt where partition = ? and day < ?";

    private final Connection connection;

    SqlReceipts(Connection connection) {
        this.connection = connection;
    }

    /** What one partition has to write. */
    record OfPartition(int partition, Receipts receipts) {}

    private record Row(int partition, Day day) {
        byte[] ids() {
            LongArrayList added = day.added();
            ByteBuffer bytes = ByteBuffer.allocate(added.size() * Long.BYTES);
            bytes.asLongBuffer().put(added.elements(), 0, added.size());
            return bytes.array();
        }
    }

    /** Reads what is kept of a partition, within a transaction that nobody else can write it in. */
    Receipts read(int partition, int windowDays) throws SQLException {
        Receipts receipts = new Receipts(windowDays);
        try (PreparedStatement read = connection.prepareStatement(DAYS)) {
            read.setInt(1, partition);
            read.setInt(2, partition);
            read.setInt(3, windowDays);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    receipts.recall(SqlRows.date(rows, 1).toEpochDay(), rows.getInt(2));
                }
            }
        }
        for (Day day : receipts.days()) {
            readIds(partition, day);
        }
        receipts.settled();
        return receipts;
    }

    private void readIds(int partition, Day day) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(IDS)) {
            read.setInt(1, partition);
            read.setObject(2, LocalDate.ofEpochDay(day.epochDay()));
            read.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    day.rows()[rows.getInt(1)]++;
                    LongBuffer ids = ByteBuffer.wrap(rows.getBytes(2)).asLongBuffer();
                    while (ids.hasRemaining()) {
                        day.recall(ids.get());
                    }
                }
            }
        }
    }

    void write(List<OfPartition> partitions) throws SQLException {
        List<Row> rows = new ArrayList<>();
        for (OfPartition of : partitions) {
            for (Day day : of.receipts().days()) {
                if (!day.added().isEmpty()) {
                    rows.add(new Row(of.partition(), day));
                }
            }
        }
        SqlColumns.execute(
                connection,
                WRITE,
                rows,
                columns -> columns.column("int", Row::partition)
                        .column("date", row -> LocalDate.ofEpochDay(row.day().epochDay()))
                        .column("bytea", Row::ids));
        for (Row row : rows) {
            row.day().rows()[0]++;
            mergeMany(row);
        }
        for (OfPartition of : partitions) {
            if (of.receipts().hasMovedOn()) {
                forget(of);
            }
            of.receipts().settled();
        }
    }

    private void mergeMany(Row row) throws SQLException {
        int[] rows = row.day().rows();
        for (int level = 0; level < LAST; level++) {
            if (rows[level] >= MANY) {
                rows[merge(row, level)]++;
                rows[level] = 0;
            }
        }
    }

    /** @return the level of the row that all those of a level have become */
    private int merge(Row row, int level) throws SQLException {
        LocalDate day = LocalDate.ofEpochDay(row.day().epochDay());
        try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
            merge.setInt(1, row.partition());
            merge.setObject(2, day);
            merge.setInt(3, level);
            merge.setInt(4, row.partition());
            merge.setObject(5, day);
            merge.setInt(6, FULL_BYTES);
            merge.setInt(7, level + 1);
            merge.setInt(8, LAST);
            try (ResultSet merged = merge.executeQuery()) {
                merged.next();
                return merged.getInt(1);
            }
        }
    }

    private void forget(OfPartition of) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setInt(1, of.partition());
            forget.setObject(2, LocalDate.ofEpochDay(of.receipts().firstDay()));
            forget.executeUpdate();
        }
    }
}
