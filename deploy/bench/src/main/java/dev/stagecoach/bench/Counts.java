package dev.stagecoach.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.kafka.common.TopicPartition;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * What contenders counted, beside what SQL counts in a plain table of all events. Kinds of counts: {@code day-users} and {@code
 * month-users}, distinct users per account; {@code day-features}, uses per account and feature.
 */
final class Counts implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(10);

    private static final String TABLES = """
            create unlogged table usage (account text not null, user_id text not null, day date not null, feature text not null);
            create unlogged table expected (kind text, account text, day date, feature text, count bigint);
            create unlogged table counted (contender text, kind text, account text, day date, feature text, count bigint);
            create unlogged table received (kind text, account text, day date, feature text, count bigint);
            """;
    private static final String COPY_USAGE = "copy usage (account, user_id, day, feature) from stdin (format csv)";
    private static final String COPY_RECEIVED = "copy received from stdin (format csv)";
    private static final String EXPECT = """
            insert into expected
                select 'day-users', account, day, '', count(distinct user_id) from usage group by account, day;
            insert into expected
                select 'month-users', account, date_trunc('month', day)::date, '', count(distinct user_id)
                from usage group by 1, 2, 3;
            insert into expected
                select 'day-features', account, day, feature, count(*) from usage group by account, day, feature;
            truncate usage;
            """;
    private static final String COMPARE = """
            select kind,
                   count(expected.count),
                   count(counted.count),
                   count(*) filter (where expected.count is distinct from counted.count),
                   min(format('%s: %s (expected: %s)', concat_ws(' ', account, day, nullif(feature, '')),
                              coalesce(counted.count::text, 'nothing'), coalesce(expected.count::text, 'nothing')))
                       filter (where expected.count is distinct from counted.count)
            from expected
            full join (select * from counted where contender = ?) counted using (kind, account, day, feature)
            group by kind order by kind
            """;
    private static final String LIFECYCLE_USERS = """
            select 'day-users', account, day, '', users from event_day where users > 0
            union all
            select 'month-users', account, month, '', users from event_month where users > 0
            """;
    private static final String LIFECYCLE_FEATURES = """
            union all
            select 'day-features', account, day, key, value::bigint from event_day, jsonb_each_text(features)
            """;

    private final Bed bed;
    private final Connection connection;

    /**
     * How one contender's counts of one kind compare.
     *
     * @param expected how many there must be
     * @param counted how many it has; 0 when it does not count this
     * @param different how many are missing, too many or another number
     * @param example one of those; empty if there is none
     */
    record Comparison(String contender, String kind, long expected, long counted, long different, String example) {

        boolean isWrong() {
            return counted > 0 && different > 0;
        }
    }

    Counts(Bed bed, String database) {
        this.bed = bed;
        this.connection = bed.connect(database);
        execute(TABLES);
    }

    private interface Task<T> {
        T run() throws SQLException, IOException;
    }

    private static <T> T attempt(Task<T> task) {
        try {
            return task.run();
        } catch (SQLException e) {
            throw new Complaint("The counts cannot be compared: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void execute(String sql) {
        attempt(() -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** Reads the log up to these ends, a record at a time, and counts it by SQL. */
    void expect(Map<TopicPartition, Long> ends) {
        var usage = ends.keySet().stream()
                .filter(partition -> partition.topic().equals(Topics.USAGE_EVENTS))
                .toList();
        attempt(() -> {
            try (var consumer = EventLog.reader(bed.kafka());
                    var out = new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY_USAGE);
                    var printer = new CSVPrinter(
                            new BufferedWriter(new OutputStreamWriter(out, UTF_8)), CSVFormat.POSTGRESQL_CSV)) {
                consumer.assign(usage);
                consumer.seekToBeginning(usage);
                while (usage.stream()
                        .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                    for (var event : consumer.poll(POLL)) {
                        print(printer, EventCodec.json().readTree(event.value()));
                    }
                }
            }
            return connection;
        });
        execute(EXPECT);
    }

    private static void print(CSVPrinter printer, JsonNode event) throws IOException {
        printer.printRecord(
                event.path("account").textValue(),
                event.path("user").textValue(),
                LocalDate.ofInstant(Instant.parse(event.path("at").textValue()), ZoneOffset.UTC),
                event.path("feature").textValue());
    }

    /** @param csv kind, account, day, feature, count */
    void take(String contender, Path csv) {
        attempt(() -> {
            try (var in = Files.newInputStream(csv)) {
                copy(connection).copyIn(COPY_RECEIVED, in);
            }
            try (var keep = connection.prepareStatement("insert into counted select ?, received.* from received")) {
                keep.setString(1, contender);
                return keep.executeUpdate();
            }
        });
        execute("truncate received");
    }

    void takeLifecycle(String contender, LifecycleBooks books) {
        var query = books.hasColumn("event_day", "features") ? LIFECYCLE_USERS + LIFECYCLE_FEATURES : LIFECYCLE_USERS;
        var csv = bed.scratch("lifecycle-counts.csv");
        attempt(() -> {
            Files.createDirectories(csv.getParent());
            try (var out = Files.newOutputStream(csv)) {
                copy(books.connection()).copyOut("copy (" + query + ") to stdout (format csv, force_quote *)", out);
            }
            return csv;
        });
        take(contender, csv);
        attempt(() -> Files.deleteIfExists(csv));
    }

    private static CopyManager copy(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** The counts of a contender's last run, compared; forgets them. */
    List<Comparison> compare(String contender) {
        return attempt(() -> {
            var comparisons = new ArrayList<Comparison>();
            try (var compare = connection.prepareStatement(COMPARE)) {
                compare.setString(1, contender);
                try (var rows = compare.executeQuery()) {
                    while (rows.next()) {
                        var example = rows.getString(5);
                        comparisons.add(new Comparison(
                                contender,
                                rows.getString(1),
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getLong(4),
                                example == null ? "" : example));
                    }
                }
            }
            try (var forget = connection.prepareStatement("delete from counted where contender = ?")) {
                forget.setString(1, contender);
                forget.executeUpdate();
            }
            return comparisons;
        });
    }

    @Override
    public void close() {
        attempt(() -> {
            connection.close();
            return connection;
        });
    }
}
