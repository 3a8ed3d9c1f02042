package dev.stagecoach.access;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That a request cannot be answered because PostgreSQL is away or has no connection left, and not because of what was asked: it comes
 * later without anyone's doing, and is answered 503.
 */
public final class Outage {
    /** What happened, and what to do. */
    public static final String DETAIL =
            "the database cannot be reached or has too much to do: ask again in some seconds. What was to be changed was changed as a whole or not"
                    + " at all: look before you change it again";

    /** When to ask again, for {@code Retry-After}. */
    public static final int RETRY_SECONDS = 5;

    /** Connection exceptions, insufficient resources, and what PostgreSQL says while it stops and starts. */
    private static final List<String> STATES = List.of("08", "53", "57P");

    private Outage() {}

    /** Whether that is behind a failure. */
    public static boolean isCauseOf(Throwable failure) {
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
