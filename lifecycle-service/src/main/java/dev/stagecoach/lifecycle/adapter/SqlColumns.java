package dev.stagecoach.lifecycle.adapter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds rows to a statement column by column, for {@code unnest}: one statement for a whole batch. */
final class SqlColumns<R> {
    private final Connection connection;
    private final PreparedStatement statement;
    private final Collection<R> rows;
    private int next = 1;

    private SqlColumns(Connection connection, PreparedStatement statement, Collection<R> rows) {
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
    }

    static <R> SqlColumns<R> of(Connection connection, PreparedStatement statement, Collection<R> rows) {
        return new SqlColumns<>(connection, statement, rows);
    }

    /** Binds the next parameter to a column of an SQL type, {@code text} or {@code date} for instance. */
    SqlColumns<R> column(String sqlType, Function<R, @Nullable Object> value) throws SQLException {
        Object[] values = array(sqlType, rows.size());
        int i = 0;
        for (R row : rows) {
            values[i++] = value.apply(row);
        }
        statement.setArray(next++, connection.createArrayOf(sqlType, values));
        return this;
    }

    /** The driver sends what an array says that it holds as it is, and anything else as a quoted text. */
    private static Object[] array(String sqlType, int length) {
        return switch (sqlType) {
            case "text" -> new String[length];
            case "int" -> new Integer[length];
            case "bigint" -> new Long[length];
            case "boolean" -> new Boolean[length];
            case "bytea" -> new byte[length][];
            default -> new Object[length];
        };
    }

    /** Executes a statement for rows, if there are any. */
    static <R> void execute(Connection connection, String sql, Collection<R> rows, Binding<R> binding)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(of(connection, statement, rows));
            statement.executeUpdate();
        }
    }

    /** The columns of a statement. */
    interface Binding<R> {
        void bind(SqlColumns<R> columns) throws SQLException;
    }
}
