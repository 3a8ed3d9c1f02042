package dev.stagecoach.events.exactlyonce;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Whose fault it is that records could not be applied. */
enum Fault {
    /** Something in a record: it will fail however often it is tried. */
    OF_A_RECORD,
    /** Something around it, an outage for instance: waiting may help, and passing it over would lose a good record. */
    OF_THE_SURROUNDINGS;

    /** Data exception, integrity constraint violation, program limit exceeded (a text too long for an index). */
    private static final Set<String> SQL_STATE_CLASSES_OF_DATA = Set.of("22", "23", "54");

    /** Judges what a handler threw, by what lies at its bottom: handlers wrap. */
    static Fault of(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return of(refused.getSQLState());
            }
            if (cause instanceof IOException || cause instanceof KafkaException) {
                return OF_THE_SURROUNDINGS;
            }
        }
        return failure instanceof RuntimeException ? OF_A_RECORD : OF_THE_SURROUNDINGS;
    }

    private static Fault of(@Nullable String sqlState) {
        return sqlState != null
                        && sqlState.length() == 5
                        && SQL_STATE_CLASSES_OF_DATA.contains(sqlState.substring(0, 2))
                ? OF_A_RECORD
                : OF_THE_SURROUNDINGS;
    }
}
