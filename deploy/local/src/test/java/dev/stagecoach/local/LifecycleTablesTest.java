package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class LifecycleTablesTest {

    @Test
    void whatARebuildHasSetApartIsNotThrownAwayByTheNextOne() throws SQLException {
        try (var platform = Platform.start(PlatformOptions.forTests(Part.POSTGRES));
                var database = DriverManager.getConnection(
                        platform.jdbcUrl("lifecycle"), platform.databaseUser(), platform.databasePassword());
                var statement = database.createStatement()) {
            // Given
            statement.execute("create schema before_rebuild");
            statement.execute("create table before_rebuild.journey as select 'acme' as account");

            // When
            assertThatThrownBy(() -> LifecycleTables.of(database).empty())
                    // Then
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("drop schema before_rebuild cascade");
            try (var left = statement.executeQuery("select account from before_rebuild.journey")) {
                assertThat(left.next()).isTrue();
            }
        }
    }
}
