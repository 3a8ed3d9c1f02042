package dev.stagecoach.lifecycle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagecoach.access.Outage;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL that goes away is told from, with the errors that it and the pool really make. */
class OutageTest {
    @Test
    void aDatabaseThatWentAwayIsAnOutage() throws SQLException {
        // Given a connection in use
        Platform platform = Platform.start(PlatformOptions.forTests(Part.POSTGRES));
        try (AgroalDataSource pool = pool(platform, 2);
                Connection used = pool.getConnection();
                Statement statement = used.createStatement()) {
            statement.execute("select 1");

            // When
            platform.close();

            // Then
            SQLException broken = failure(() -> statement.execute("select 1"));
            SQLException refused = failure(pool::getConnection);
            assertThat(Outage.isCauseOf(new SqlBooksException(broken)))
                    .as("%s", broken)
                    .isTrue();
            assertThat(Outage.isCauseOf(new SqlBooksException(refused)))
                    .as("%s", refused)
                    .isTrue();
            assertUnavailable(new ProblemMappers().failed(new IllegalStateException(new SqlBooksException(refused))));
        }
    }

    @Test
    void aPoolThatIsExhaustedIsAnOutageAndAMistakeIsNone() throws SQLException {
        // Given
        try (Platform platform = Platform.start(PlatformOptions.forTests(Part.POSTGRES));
                AgroalDataSource pool = pool(platform, 1);
                Connection only = pool.getConnection();
                Statement statement = only.createStatement()) {
            // When
            SQLException exhausted = failure(pool::getConnection);
            SQLException mistaken = failure(() -> statement.execute("select nothing"));

            // Then
            assertThat(Outage.isCauseOf(exhausted)).as("%s", exhausted).isTrue();
            assertThat(Outage.isCauseOf(mistaken)).as("%s", mistaken).isFalse();
            assertThat(new ProblemMappers()
                            .failed(new SqlBooksException(mistaken))
                            .getStatus())
                    .isEqualTo(500);
        }
    }

    @Test
    void whatWasSuppressedCounts() {
        // Given
        IllegalStateException failure = new IllegalStateException("the transaction could not be ended");
        failure.addSuppressed(new SQLException("terminating connection", "57P01"));
        failure.addSuppressed(failure.getSuppressed()[0]);

        // When
        boolean isOutage = Outage.isCauseOf(failure);

        // Then
        assertThat(isOutage).isTrue();
        assertThat(Outage.isCauseOf(new IllegalStateException("something else")))
                .isFalse();
    }

    private static void assertUnavailable(Response response) {
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat(((Problem) response.getEntity()).detail())
                .contains("database")
                .doesNotContain("nothing was changed");
    }

    private static AgroalDataSource pool(Platform platform, int connections) throws SQLException {
        return AgroalDataSource.from(new AgroalPropertiesReader()
                .readProperties(Map.of(
                        AgroalPropertiesReader.JDBC_URL, platform.jdbcUrl("postgres"),
                        AgroalPropertiesReader.PRINCIPAL, platform.databaseUser(),
                        AgroalPropertiesReader.CREDENTIAL, platform.databasePassword(),
                        AgroalPropertiesReader.MAX_SIZE, String.valueOf(connections),
                        AgroalPropertiesReader.ACQUISITION_TIMEOUT_S, "1")));
    }

    private interface Call {
        Object run() throws SQLException;
    }

    private static SQLException failure(Call call) {
        return catchThrowableOfType(SQLException.class, call::run);
    }
}
