package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    @TempDir
    private Path directory;

    @Test
    void aKeptDirectoryKeepsRecordsAndRows() throws Exception {
        // Given
        var options = kept();
        try (var platform = Platform.start(options)) {
            write(platform.bootstrapServers(), platform.jdbcUrl("kept"));
        }

        // When
        try (var platform = Platform.start(options)) {

            // Then
            assertIsWritten(platform);
        }
    }

    @Test
    @DisabledIfSystemProperty(named = "platform", matches = "containers", disabledReason = "kills processes of ours")
    void recordsAndRowsSurviveAKillOfEverything() throws Exception {
        // Given
        var options = kept();
        try (var stack = KillableStack.start(options)) {
            write(stack.bootstrapServers(), stack.jdbcUrl());
            stack.killEverything();
        }

        // When
        try (var platform = Platform.start(options)) {

            // Then
            assertIsWritten(platform);
        }
    }

    @Test
    @DisabledIfSystemProperty(named = "platform", matches = "containers", disabledReason = "kills processes of ours")
    void aServerThatWasLeftRunningIsReplaced() throws Exception {
        // Given
        var options = kept();
        try (var stack = KillableStack.start(options)) {
            write(stack.bootstrapServers(), stack.jdbcUrl());
            stack.killAllButPostgres();
        }

        // When
        try (var platform = Platform.start(options)) {

            // Then
            assertIsWritten(platform);
        }
    }

    private PlatformOptions kept() {
        return new PlatformOptions(
                directory, Loopback.freePort(), Loopback.freePort(), 0, 0, Set.of(Part.KAFKA, Part.POSTGRES), false);
    }

    private static void write(String bootstrapServers, String jdbcUrl) throws Exception {
        var records = new Records(bootstrapServers);
        records.createTopic("kept");
        records.produce("kept", Instant.EPOCH, "a record");
        try (var connection = connect(jdbcUrl);
                var statement = connection.createStatement()) {
            statement.execute("create table kept as select 'a row' as value");
        }
    }

    private static void assertIsWritten(Platform platform) throws Exception {
        assertThat(new Records(platform.bootstrapServers()).consume("kept", 1)).containsExactly("a record");
        try (var connection = connect(platform.jdbcUrl("kept"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("select value from kept")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("a row");
        }
    }

    private static Connection connect(String jdbcUrl) throws SQLException {
        return DriverManager.getConnection(jdbcUrl, Databases.USER, Databases.PASSWORD);
    }
}
