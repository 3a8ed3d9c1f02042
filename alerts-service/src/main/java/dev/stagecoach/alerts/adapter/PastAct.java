package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done with an alert, as the REST API shows it.
 *
 * @param act {@code acknowledge}, {@code snooze}, {@code assign}, {@code comment} or {@code reopen}; {@code wake} when a snooze was
 *     over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastAct(
        String act,
        String author,
        Instant at,
        @Nullable Instant until,
        @Nullable String assignee,
        @Nullable String comment) {}
