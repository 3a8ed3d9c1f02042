package dev.stagecoach.lifecycle.adapter;

import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.POLICY;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static dev.stagecoach.lifecycle.Happened.tick;
import static dev.stagecoach.lifecycle.Happened.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.lifecycle.FollowAccounts;
import dev.stagecoach.lifecycle.Happening;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.traces.BatchSteps;
import dev.stagecoach.traces.Traces;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private static final Policy OLD = named("old");
    private static final Policy NEW = named("new");

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
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void anAccountThatSomebodyElseMadeDueIsLookedAtOnce() throws SQLException {
        // Given two accounts that are remembered, and one of them due by the table alone
        Shelf shelf = new Shelf(1_000, 2);
        follow(
                OLD,
                shelf,
                tick(tickOf(CLOSE)),
                told("facts-1", customer().named("in-time-rest").facts()));
        follow(
                OLD,
                shelf,
                told(
                        "facts-2",
                        customer()
                                .named("in-time-due")
                                .closedOn(CLOSE.minusDays(1))
                                .facts()));
        execute("update journey set next_due = 'epoch' where account = 'in-time-rest'");

        // When
        follow(OLD, shelf, tick(tickOf(day(59))));

        // Then
        assertThat(text("select next_due::date from journey where account = 'in-time-rest'"))
                .isEqualTo(day(60).toString());
        assertThat(text("select stage from journey where account = 'in-time-due'"))
                .isEqualTo("Adopting");
    }

    @Test
    void replicasOfTwoPoliciesEndWithTheOneThatOwnsThePartitionLast() throws SQLException {
        // Given
        Shelf ofOld = new Shelf(1_000, 2);
        follow(
                OLD,
                ofOld,
                tick(tickOf(CLOSE)),
                told("facts-1", customer().named("in-time-rest").facts()));
        follow(OLD, ofOld, tick(tickOf(day(1))));

        // When the partition goes to the new one, back, and to the new one for good
        boolean first = isLookedAtByAnotherOwner(NEW, day(2));
        boolean back = isLookedAtByAnotherOwner(OLD, day(3));
        boolean last = isLookedAtByAnotherOwner(NEW, day(4));
        boolean again = isLookedAtByAnotherOwner(NEW, day(5));

        // Then each has looked at the account that was at rest, and none without need
        assertThat(List.of(first, back, last, again)).containsExactly(true, true, true, false);
        assertThat(text("select policy from partition_clock where partition = " + PARTITION))
                .isEqualTo("new");
    }

    @Test
    void whatPagesOfDueAccountsDecideIsWrittenBeforeTheTickIsOver() throws SQLException {
        // Given
        int accounts = 4_100;
        Shelf shelf = new Shelf(1_000, 2);
        follow(
                OLD,
                shelf,
                Stream.concat(
                                Stream.of(tick(tickOf(CLOSE))),
                                IntStream.range(0, accounts)
                                        .mapToObj(n -> told(
                                                "facts-" + n,
                                                customer().named("in-time-" + n).facts())))
                        .toArray(Happening[]::new));
        List<Happening> tick = List.of(tick(tickOf(day(60))));
        SqlBooks books = new SqlBooks(connection, PARTITION, shelf, new BatchSteps(Traces.OFF));
        books.open(tick);
        String adopting = "select count(*) from decision where account like 'in-time-%' and data->>'to' = 'Adopting'";

        // When
        new FollowAccounts(OLD).follow(books, tick);
        String writtenMeanwhile = text(adopting);
        SqlBooks.keep(connection, List.of(books));

        // Then
        assertThat(writtenMeanwhile).isEqualTo("4000");
        assertThat(text(adopting)).isEqualTo("4100");
        assertThat(text("select count(*) from outbox where account like 'in-time-%' and causation_id = 'tick-"
                        + tickOf(day(60)) + "' and type = 'stagecoach.lifecycle.stage-changed.v1'"))
                .isEqualTo("4100");
        assertThat(text("select count(*) from journey where account like 'in-time-%' and stage = 'Adopting'"))
                .isEqualTo("4100");
    }

    @Test
    void whyAnAccountCannotBeLookedAtIsKeptUntilItCan() throws SQLException {
        // Given
        Shelf shelf = new Shelf(1_000, 2);
        follow(
                OLD,
                shelf,
                told(
                        "facts-1",
                        customer()
                                .named("in-time-beyond")
                                .renewsOn(LocalDate.MAX)
                                .facts()));
        String problem = "select problem from journey where account = 'in-time-beyond'";

        // When
        follow(OLD, shelf, tick(tickOf(CLOSE)));
        String meanwhile = text(problem);
        follow(
                OLD,
                new Shelf(1_000, 2),
                told("facts-2", customer().named("in-time-beyond").facts()));

        // Then
        assertThat(meanwhile).contains("DateTimeException");
        assertThat(text(problem)).isEqualTo("null");
    }

    /** Whether a process that has just been given the partition looks at the account that is at rest. */
    private boolean isLookedAtByAnotherOwner(Policy policy, LocalDate on) throws SQLException {
        execute("update journey set next_due = '2031-01-01' where account = 'in-time-rest'");
        follow(policy, new Shelf(1_000, 2), tick(tickOf(on)));
        return text("select next_due::date from journey where account = 'in-time-rest'")
                .equals(day(60).toString());
    }

    private void follow(Policy policy, Shelf shelf, Happening... happenings) {
        SqlBooks books = new SqlBooks(connection, PARTITION, shelf, new BatchSteps(Traces.OFF));
        books.open(List.of(happenings));
        new FollowAccounts(policy).follow(books, List.of(happenings));
        SqlBooks.keep(connection, List.of(books));
    }

    private static Policy named(String version) {
        return new Policy(version, POLICY.defaults(), Map.of());
    }

    private String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return Objects.requireNonNullElse(row.getString(1), "null");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
