package dev.stagecoach.lifecycle.adapter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads rows of accounts. */
final class SqlRows {
    private SqlRows() {}

    /** Takes one row, whose first column is the account. */
    interface Reader {
        void read(String account, ResultSet row) throws SQLException;
    }

    /** Reads all rows of accounts; the statement has one parameter, the accounts. */
    static void ofAccounts(Connection connection, String sql, Collection<String> accounts, Reader reader)
            throws SQLException {
        ofAccountsFrom(connection, sql, accounts, null, reader);
    }

    /** Reads the rows of accounts from a day on, the second parameter of the statement. */
    static void ofAccountsFrom(
            Connection connection, String sql, Collection<String> accounts, @Nullable LocalDate from, Reader reader)
            throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(sql)) {
            read.setArray(1, connection.createArrayOf("text", accounts.toArray()));
            if (from != null) {
                read.setObject(2, from);
            }
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows.getString(1), rows);
                }
            }
        }
    }

    static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static Instant instantOf(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static LocalDate date(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }
}
