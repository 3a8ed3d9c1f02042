package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
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

    @Test
    void eventsThatCountedAreComparedWhateverRowsTheyStandInAndHowOften() throws SQLException {
        try (var platform = Platform.start(PlatformOptions.forTests(Part.POSTGRES));
                var database = DriverManager.getConnection(
                        platform.jdbcUrl("lifecycle"), platform.databaseUser(), platform.databasePassword());
                var statement = database.createStatement()) {
            // Given three events in two rows
            statement.execute("create table event_receipt (partition int, day date, level int, ids bytea)");
            statement.execute("create table journey (facts text, stage text, state text, next_due text, problem text,"
                    + " account text, partition int, recapped text, summary jsonb)");
            statement.execute("create table decision (id text)");
            statement.execute("create table consumed_offset (next_offset int, replay_until int)");
            statement.execute(
                    "insert into event_receipt values (1, '2025-01-01', 0, '\\x00000000000000010000000000000002'),"
                            + " (1, '2025-01-01', 0, '\\x0000000000000003')");
            var tables = LifecycleTables.of(database);
            tables.empty();

            // When they come in one row, without one of them, then with one twice, and then with all
            var told = new ArrayList<String>();
            statement.execute(
                    "insert into event_receipt values (1, '2025-01-01', 1, '\\x00000000000000030000000000000001')");
            var isSameWithoutOne = tables.compare(told::add);
            statement.execute(
                    "insert into event_receipt values (1, '2025-01-01', 0, '\\x00000000000000020000000000000002')");
            var isSameWithOneTwice = tables.compare(told::add);
            statement.execute("delete from event_receipt where level = 0");
            statement.execute("insert into event_receipt values (1, '2025-01-01', 0, '\\x0000000000000002')");
            var isSameWithAll = tables.compare(told::add);

            // Then
            assertThat(isSameWithoutOne).isFalse();
            assertThat(told)
                    .anySatisfy(line ->
                            assertThat(line).contains("0000000000000002").contains("(before)"));
            assertThat(isSameWithOneTwice).isFalse();
            assertThat(told)
                    .anySatisfy(line ->
                            assertThat(line).contains("0000000000000002").contains("(now)"));
            assertThat(isSameWithAll).isTrue();
        }
    }
}
