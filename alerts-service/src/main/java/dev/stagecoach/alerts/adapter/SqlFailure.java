package dev.stagecoach.alerts.adapter;

import java.sql.SQLException;

/** A database error on its way through code that knows no database. Rolls the batch back. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SqlFailure(SQLException cause) {
        super(cause);
    }
}
