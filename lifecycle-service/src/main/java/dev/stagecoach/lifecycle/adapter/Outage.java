package dev.stagecoach.lifecycle.adapter;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether something failed because PostgreSQL is away or has no connection left, and not because of what was asked. */
final class Outage {
    /** Connection exceptions, insufficient resources, and what PostgreSQL says while it stops and starts. */
    private static final List<String> STATES = List.of("08", "53", "57P");

    private Outage() {}

    static boolean isCauseOf(Throwable failure) {
        return isCauseOf(failure, new HashSet<>());
    }

    private static boolean isCauseOf(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        if (failure instanceof SQLException problem && isOutage(problem)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (isCauseOf(suppressed, seen)) {
                return true;
            }
        }
        return isCauseOf(failure.getCause(), seen);
    }

    private static boolean isOutage(SQLException problem) {
        String state = problem.getSQLState();
        if (state != null) {
            return STATES.stream().anyMatch(state::startsWith);
        }
        // The pool has states of its own for nothing: it waited for a connection and got none.
        return problem instanceof SQLTransientConnectionException
                || String.valueOf(problem.getMessage()).contains("acquisition timeout");
    }
}
