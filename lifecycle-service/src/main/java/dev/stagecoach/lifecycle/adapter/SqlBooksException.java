package dev.stagecoach.lifecycle.adapter;

import java.sql.SQLException;

/** The database refused; the transaction is to be rolled back. */
final class SqlBooksException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SqlBooksException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
