package dev.stagecoach.lifecycle.adapter;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.lifecycle.AccountBook;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.usage.MeasureUsage;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads where accounts stand as of the last tick, many at a time: what the rules need to be asked again. */
@ApplicationScoped
class SqlStandings {
    private static final String FIND = """
            select journey.account, facts, state, at from journey join partition_clock using (partition)
            where account = ? and facts is not null and state is not null
            """;
    private static final String PAGE = """
            select journey.account, facts, state, at from journey join partition_clock using (partition)
            where account > ? and facts is not null and state is not null order by account limit ?
            """;
    private static final String LAST_CHANGE = """
            select id, at, data->'reason'->>'clause', data->'reason'->>'policyVersion' from decision
            where account = ? and type = ? order by at desc, seq desc limit 1
            """;

    /** Enough to be quick, few enough that the counts of one read stay small. */
    private static final int MOST_AT_ONCE = 1000;

    private final AgroalDataSource database;
    private final Policy policy;

    SqlStandings(AgroalDataSource database, Policy policy) {
        this.database = database;
        this.policy = policy;
    }

    /**
     * Where an account stood after the last tick.
     *
     * @param asOf the last tick of its partition
     */
    record Stand(AccountFacts facts, Journey journey, Instant asOf) {}

    /** The decision that brought an account to its stage. */
    record LastChange(String id, Instant at, String clause, String policyVersion) {}

    /** What one reading sees: everything as it was at one moment, however long it takes. */
    interface Reading<T> {
        T read(Reader reader) throws SQLException;
    }

    <T> T read(Reading<T> reading) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement begin = connection.createStatement()) {
                // Of this transaction alone: the pool would keep what is set on the connection.
                begin.execute("set transaction isolation level repeatable read, read only");
                return reading.read(new Reader(connection, policy));
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }

    static final class Reader {
        private final Connection connection;
        private final Policy policy;

        Reader(Connection connection, Policy policy) {
            this.connection = connection;
            this.policy = policy;
        }

        /** Empty while nothing was decided about the account. */
        Optional<Stand> find(String account) throws SQLException {
            try (PreparedStatement read = connection.prepareStatement(FIND)) {
                read.setString(1, account);
                return stands(read).stream().findFirst();
            }
        }

        /** Accounts that were decided about, by id. */
        List<Stand> page(String after, int most) throws SQLException {
            try (PreparedStatement read = connection.prepareStatement(PAGE)) {
                read.setString(1, after);
                read.setInt(2, most);
                return stands(read);
            }
        }

        /** The figures by which decisions about the accounts were made, by account. */
        Map<String, UsageFigures> figures(Collection<Stand> stands) throws SQLException {
            Map<String, UsageFigures> figures = new HashMap<>();
            for (List<Stand> sameTime :
                    stands.stream().collect(groupingBy(Stand::asOf)).values()) {
                for (int from = 0; from < sameTime.size(); from += MOST_AT_ONCE) {
                    measure(sameTime.subList(from, Math.min(from + MOST_AT_ONCE, sameTime.size())), figures);
                }
            }
            return figures;
        }

        private void measure(List<Stand> stands, Map<String, UsageFigures> figures) throws SQLException {
            Map<String, UsageCounts> counts = counts(stands);
            for (Stand stand : stands) {
                AccountFacts facts = stand.facts();
                UsageCounts counted = Objects.requireNonNull(counts.get(facts.account()));
                figures.put(
                        facts.account(),
                        MeasureUsage.of(policy.of(facts.segment()).usage(), facts, counted, stand.asOf()));
            }
        }

        /** The counts by which decisions about an account were made. */
        UsageCounts counts(Stand stand) throws SQLException {
            return Objects.requireNonNull(
                    counts(List.of(stand)).get(stand.facts().account()));
        }

        private Map<String, UsageCounts> counts(List<Stand> sameTime) throws SQLException {
            Instant now = sameTime.get(0).asOf();
            Map<String, AccountBook> books = new HashMap<>();
            sameTime.forEach(stand -> books.put(
                    stand.facts().account(), new AccountBook(stand.facts().account())));
            new SqlInstances(connection).read(books, AccountBook.lookingBackTo(now));
            new SqlEvents(connection).read(books, AccountBook.lookingBackTo(now));
            Map<String, UsageCounts> counts = new HashMap<>();
            books.forEach((account, book) -> counts.put(account, book.counts(now)));
            return counts;
        }

        Optional<LastChange> lastChange(String account) throws SQLException {
            try (PreparedStatement read = connection.prepareStatement(LAST_CHANGE)) {
                read.setString(1, account);
                read.setString(2, EventType.STAGE_CHANGED.wireName());
                try (ResultSet row = read.executeQuery()) {
                    return row.next()
                            ? Optional.of(new LastChange(
                                    row.getString(1),
                                    row.getObject(2, OffsetDateTime.class).toInstant(),
                                    row.getString(3),
                                    row.getString(4)))
                            : Optional.empty();
                }
            }
        }

        private static List<Stand> stands(PreparedStatement read) throws SQLException {
            List<Stand> stands = new ArrayList<>();
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    stands.add(new Stand(
                            parse(rows.getString(2), AccountFacts.class),
                            parse(rows.getString(3), Journey.class),
                            rows.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
            return stands;
        }

        private static <T> T parse(String json, Class<T> type) {
            try {
                return EventCodec.json().readValue(json, type);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the stored " + type.getSimpleName() + " cannot be read: " + json, e);
            }
        }
    }
}
