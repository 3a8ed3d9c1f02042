package dev.stagecoach.local;

import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.TopicReader;
import dev.stagecoach.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where a text is that nobody should find any more: looks at all there is, and knows nothing of what is kept where. */
final class Remnants {

    private final Platform platform;
    private final String text;

    /** @param text whatever the case of its letters */
    Remnants(Platform platform, String text) {
        this.platform = platform;
        this.text = text.toLowerCase(Locale.ROOT);
    }

    /** Of every topic that Kafka has. */
    Set<String> topics() {
        var found = new TreeSet<String>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            TopicReader.readAll(consumer, partitions, told -> {
                if (has(whole(told))) {
                    found.add(told.topic());
                }
            });
        }
        return found;
    }

    private static String whole(ConsumerRecord<byte[], byte[]> told) {
        var all = new StringBuilder(text(told.key())).append('\n').append(text(told.value()));
        told.headers().forEach(header -> all.append('\n').append(text(header.value())));
        return all.toString();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private boolean has(String whole) {
        return whole.toLowerCase(Locale.ROOT).contains(text);
    }

    /** Of every database of a service, as {@code database.table}: in letters, or in bytes that are shown as digits. */
    Set<String> tables() {
        var found = new TreeSet<String>();
        for (var service : Service.values()) {
            service.database().ifPresent(database -> {
                try (var connection = connection(database)) {
                    for (var table : tables(connection)) {
                        if (isIn(connection, table, "true")) {
                            found.add(database + "." + table);
                        }
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        return found;
    }

    /** In those rows of a table that a condition of SQL is true of. */
    boolean isIn(String database, String table, String condition) {
        try (var connection = connection(database)) {
            return isIn(connection, table, condition);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connection(String database) throws SQLException {
        return DriverManager.getConnection(
                platform.jdbcUrl(database), platform.databaseUser(), platform.databasePassword());
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private boolean isIn(Connection connection, String table, String condition) throws SQLException {
        var sql = "select exists (select from \"" + table
                + "\" line where (position(? in lower(line::text)) > 0 or line::text ~ ?) and " + condition + ")";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, text);
            statement.setString(2, hexOfAnyCase());
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** The bytes in hexadecimal digits, each letter in lower or upper case. */
    private String hexOfAnyCase() {
        var pattern = new StringBuilder();
        for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
            pattern.append(
                    Character.isLetter(letter)
                            ? "(%02x|%02x)".formatted(letter, Character.toUpperCase(letter))
                            : "%02x".formatted(letter));
        }
        return pattern.toString();
    }

    /** Of every file below a directory, by name. */
    Set<String> files(Path directory) {
        try (var files = Files.walk(directory)) {
            var found = new TreeSet<String>();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (has(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                    found.add(file.getFileName().toString());
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
