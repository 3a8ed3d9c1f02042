package dev.stagecoach.lifecycle.adapter;

import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.POLICY;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static dev.stagecoach.lifecycle.Happened.tick;
import static dev.stagecoach.lifecycle.Happened.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.lifecycle.FollowAccounts;
import dev.stagecoach.lifecycle.Happening;
import dev.stagecoach.testing.StagecoachPlatform;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts whose time comes, whoever says so, and however many they are. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class SqlBooksInTimeTest {
    /** Of no topic: the running service leaves it alone. */
    private static final int PARTITION = 96;

    @Inject
    AgroalDataSource database;

    private Connection connection;

    @BeforeEach
    void oneTransaction() throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.close();
    }

    @Test
    void whyAnAccountCannotBeLookedAtIsKeptUntilItCan() throws SQLException {
        // Given
        Shelf shelf = new Shelf(1_000);
        follow(
                shelf,
                told(
                        "facts-1",
                        customer()
                                .named("in-time-beyond")
                                .renewsOn(LocalDate.MAX)
                                .facts()));
        String problem = "select problem from journey where account = 'in-time-beyond'";

        // When
        follow(shelf, tick(tickOf(CLOSE)));
        String meanwhile = text(problem);
        follow(
                new Shelf(1_000),
                told("facts-2", customer().named("in-time-beyond").facts()));

        // Then
        assertThat(meanwhile).contains("DateTimeException");
        assertThat(text(problem)).isEqualTo("null");
    }

    private void follow(Shelf shelf, Happening... happenings) {
        SqlBooks books = new SqlBooks(connection, PARTITION, shelf);
        books.open(List.of(happenings));
        new FollowAccounts(POLICY).follow(books, List.of(happenings));
        SqlBooks.keep(connection, List.of(books));
    }

    private String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return Objects.requireNonNullElse(row.getString(1), "null");
        }
    }
}
