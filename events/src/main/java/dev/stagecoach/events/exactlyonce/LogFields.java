package dev.stagecoach.events.exactlyonce;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What lines of the log are about, in fields of their own where logs are JSON: an account and the event at hand, by their ids. Names and
 * addresses of people belong in no log.
 */
public final class LogFields {
    static final String ACCOUNT = "account";
    static final String EVENT = "event";

    private LogFields() {}

    /** What is logged meanwhile, on this thread, is about an account and an event. */
    public static void about(@Nullable String account, @Nullable String event, Runnable task) {
        put(ACCOUNT, account);
        put(EVENT, event);
        try {
            task.run();
        } finally {
            MDC.remove(ACCOUNT);
            MDC.remove(EVENT);
        }
    }

    private static void put(String field, @Nullable String value) {
        if (value != null) {
            MDC.put(field, value);
        }
    }
}
