package dev.stagecoach.lifecycle.adapter;

import static dev.stagecoach.lifecycle.Fixtures.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.lifecycle.FollowAccounts;
import dev.stagecoach.lifecycle.Happening;
import dev.stagecoach.lifecycle.Happening.Ticked;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.InMemoryBooks;
import dev.stagecoach.lifecycle.Stories;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.traces.BatchSteps;
import dev.stagecoach.traces.Traces;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens, the books in PostgreSQL lead to the decisions of books that count with plain maps and sets. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class SqlBooksTest {
    /** Of no topic: the running service leaves it alone. */
    private static final int PARTITION = 99;

    private static final Policy STRICTER =
            YamlPolicy.read(PolicyFiles.in(Path.of("..", "docs", "examples", "stricter-policy")));

    private static final int FEW_USERS = 400;
    private static final int DAYS = 250;
    private static final int ACCOUNTS = 6;

    @Inject
    AgroalDataSource database;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new Random().longs(2));
    }

    /** Some days of happenings that come at once, and the policy of the process that they come to. */
    private record Batch(Policy policy, boolean isOfAnotherProcess, List<Happening> happenings) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decideLikeBooksInMemory(long seed) throws SQLException {
        // Given much that is forgotten between batches, now and then everything
        Random random = new Random(seed);
        List<Batch> batches = withRepetitions(
                        Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS), random)
                .stream()
                .map(day -> new Batch(POLICY, random.nextInt(10) == 0, day))
                .toList();

        // When and then
        decideLikeBooksInMemory(seed, batches);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decideLikeBooksInMemoryWhileReplicasOfTwoPoliciesTakeTurns(long seed) throws SQLException {
        // Given
        Random random = new Random(seed);
        List<List<Happening>> days =
                withRepetitions(Stories.withLateUsage(seed, ACCOUNTS).tell(DAYS), random);
        List<Batch> batches = new ArrayList<>();
        Policy policy = POLICY;
        for (int from = 0; from < days.size(); ) {
            int to = Math.min(days.size(), from + 1 + random.nextInt(3));
            boolean isOfAnother = random.nextInt(6) == 0;
            if (isOfAnother) {
                policy = random.nextBoolean() ? POLICY : STRICTER;
            }
            batches.add(new Batch(
                    policy,
                    isOfAnother,
                    days.subList(from, to).stream().flatMap(List::stream).toList()));
            from = to;
        }

        // When and then
        decideLikeBooksInMemory(seed, batches);
    }

    /** Events come again on the same day or up to five days later: within the window, at its edge, and after it. */
    private static List<List<Happening>> withRepetitions(List<List<Happening>> days, Random random) {
        List<List<Happening>> repeating = new ArrayList<>();
        days.forEach(day -> repeating.add(new ArrayList<>(day)));
        for (int n = 0; n < days.size(); n++) {
            for (Happening happening : days.get(n)) {
                int again = n + random.nextInt(6);
                if (happening instanceof Used used && again < days.size() && random.nextInt(3) == 0) {
                    Instant receivedAt = ((Ticked) days.get(again).get(0)).at();
                    repeating
                            .get(again)
                            .add(new Used(
                                    used.record(), used.account(), used.user(), used.feature(), used.at(), receivedAt));
                }
            }
        }
        return repeating;
    }

    private void decideLikeBooksInMemory(long seed, List<Batch> batches) throws SQLException {
        InMemoryBooks expected = new InMemoryBooks();
        batches.forEach(batch -> new FollowAccounts(batch.policy()).follow(expected, batch.happenings()));

        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Shelf shelf = new Shelf(FEW_USERS, InMemoryBooks.REPEAT_WINDOW_DAYS);
            for (Batch batch : batches) {
                shelf = batch.isOfAnotherProcess() ? new Shelf(FEW_USERS, InMemoryBooks.REPEAT_WINDOW_DAYS) : shelf;
                SqlBooks books = new SqlBooks(connection, PARTITION, shelf, new BatchSteps(Traces.OFF));
                books.open(batch.happenings());
                new FollowAccounts(batch.policy()).follow(books, batch.happenings());
                SqlBooks.keep(connection, List.of(books));
            }

            List<String> decided = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select id, account, type, data, cause from decision where account like 'account-%' order by seq")) {
                while (rows.next()) {
                    decided.add(String.join(
                            " ",
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            EventCodec.json().readTree(rows.getString(4)).toString(),
                            rows.getString(5)));
                }
            }
            assertThat(decided)
                    .as("seed %d", seed)
                    .map(SqlBooksTest::sortedKeys)
                    .containsExactlyInAnyOrderElementsOf(expected.all().stream()
                            .filter(event -> event.type() != EventType.USAGE_SUMMARY)
                            .map(SqlBooksTest::line)
                            .map(SqlBooksTest::sortedKeys)
                            .toList());
            connection.rollback();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(Event<?> event) {
        return String.join(
                " ",
                event.id(),
                event.account(),
                event.type().wireName(),
                new String(EventCodec.value(event.data()), StandardCharsets.UTF_8),
                event.causationId());
    }

    /** PostgreSQL orders the keys of JSON in its own way. */
    private static String sortedKeys(String line) {
        return line.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
