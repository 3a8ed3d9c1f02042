package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tests and the local stack rely on, on whatever the parts run. */
class PlatformTest {

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformOptions.forTests());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aDatabaseIsCreatedWhenFirstAskedFor() throws SQLException {
        // When
        var url = platform.jdbcUrl("accounts");

        // Then
        try (var connection = DriverManager.getConnection(url, platform.databaseUser(), platform.databasePassword());
                var result = connection.createStatement().executeQuery("select current_database(), version()")) {
            result.next();
            assertThat(result.getString(1)).isEqualTo("accounts");
            assertThat(result.getString(2)).startsWith("PostgreSQL 18");
        }
    }
}
