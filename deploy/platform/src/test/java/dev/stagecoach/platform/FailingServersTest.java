package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers and PostgreSQL, of which one is away at a time. */
@DisabledIfSystemProperty(named = "platform", matches = "containers", disabledReason = "kills processes of ours")
class FailingServersTest {

    @TempDir
    private static Path parent;

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(
                new PlatformOptions(parent.resolve("three"), 0, 0, 0, 0, Set.of(Part.KAFKA, Part.POSTGRES), true)
                        .withBrokers(3));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void whatWasAcknowledgedOutlivesAnyOneBroker() throws Exception {
        // Given
        var records = new Records(platform.bootstrapServers());
        records.createTopic("copied", 3);
        var brokers = platform.servers().subList(0, 3);

        // When
        records.produce("copied", Instant.EPOCH, "with all");
        brokers.get(1).kill();
        records.produce("copied", Instant.EPOCH, "without the second");
        brokers.get(1).start();
        brokers.get(0).freeze();
        records.produce("copied", Instant.EPOCH, "while the first is frozen");
        brokers.get(0).thaw();

        // Then
        assertThat(records.consume("copied", 3))
                .containsExactly("with all", "without the second", "while the first is frozen");
    }

    @Test
    void aCommittedRowOutlivesAKillOfPostgres() throws Exception {
        // Given
        var postgres = platform.servers().get(3);
        assertThat(postgres).hasToString("PostgreSQL");
        execute("create table committed as select 'a row' as value");

        // When
        postgres.kill();
        assertThatThrownBy(() -> execute("select 1")).isInstanceOf(SQLException.class);
        postgres.start();
        postgres.freeze();
        postgres.thaw();

        // Then
        execute("insert into committed select value from committed");
        assertThat(execute("delete from committed")).isEqualTo(2);
    }

    @Test
    void anotherNumberOfBrokersThanThatOfTheDataIsRefused() {
        // Given
        var options = new PlatformOptions(parent.resolve("one"), 0, 0, 0, 0, Set.of(Part.KAFKA), false);
        Platform.start(options).close();

        // When
        assertThatThrownBy(() -> Platform.start(options.withBrokers(3)))
                // Then
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("is that of 1 brokers, and not of 3");
    }

    private static int execute(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(platform.jdbcUrl("failing"), Databases.USER, Databases.PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }
}
