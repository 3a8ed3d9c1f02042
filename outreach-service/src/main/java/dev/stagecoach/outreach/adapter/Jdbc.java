package dev.stagecoach.outreach.adapter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The little that plain JDBC lacks. */
final class Jdbc {
    private Jdbc() {}

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    interface Work<T> {
        T run(Connection transaction) throws SQLException;
    }

    /** The database did not do its part; the same may work later. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(SQLException cause) {
            super(cause);
        }
    }

    /** Runs the work in a transaction of its own, committed when it returns. */
    static <T> T inTransaction(DataSource database, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /** Runs a single statement that is committed when it returns: a round trip less than a transaction. */
    static <T> T atOnce(DataSource database, Work<T> statement) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            return statement.run(connection);
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    static <T> List<T> query(Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return rows(statement.executeQuery(), row);
        }
    }

    private static <T> List<T> rows(ResultSet found, Row<T> row) throws SQLException {
        try (found) {
            List<T> result = new ArrayList<>();
            while (found.next()) {
                result.add(row.read(found));
            }
            return result;
        }
    }

    /**
     * Runs a query after another one without parameters, whose rows are of no interest: both in one round trip and, without a transaction,
     * in one of their own.
     */
    static <T> List<T> queryAfter(
            Connection connection, String first, String sql, Row<T> row, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(first + ";\n" + sql)) {
            bind(statement, parameters);
            statement.execute();
            statement.getMoreResults();
            return rows(statement.getResultSet(), row);
        }
    }

    /** Changes rows and says how many. */
    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** Executes the same statement for many rows, and says how many each of them touched. */
    static int[] updateEach(Connection connection, String sql, Collection<@Nullable Object[]> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            statement.setObject(i + 1, value instanceof Instant instant ? at(instant) : value);
        }
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static Object texts(Connection connection, Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray(String[]::new));
    }

    /** One text of each. In an array of texts, which travel as they are; others are written and read as one text. */
    static <T> Object texts(Connection connection, Collection<T> values, Function<? super T, @Nullable String> text)
            throws SQLException {
        return connection.createArrayOf("text", values.stream().map(text).toArray(String[]::new));
    }

    static <T> Object longs(Connection connection, Collection<T> values, Function<? super T, Long> number)
            throws SQLException {
        return connection.createArrayOf("bigint", values.stream().map(number).toArray(Long[]::new));
    }

    static <T> Object instants(Connection connection, Collection<T> values, Function<? super T, Instant> instant)
            throws SQLException {
        return connection.createArrayOf(
                "timestamptz",
                values.stream().map(instant).map(Instant::toString).toArray(String[]::new));
    }

    static Object numbers(Connection connection, Collection<Integer> values) throws SQLException {
        return connection.createArrayOf("int", values.toArray(Integer[]::new));
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
