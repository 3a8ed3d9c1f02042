package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for a webhook, with everything that was tried.
 *
 * @param message the header {@code webhook-id}, the same at every attempt
 * @param alert the id of the alert; absent from a test
 * @param state {@code waiting}, {@code sent} or {@code failed}
 * @param nextAt when it is tried again, if it waits
 * @param attempts the last 50, the latest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredDelivery(
        long id,
        String message,
        @Nullable String alert,
        String state,
        Instant createdAt,
        @Nullable Instant nextAt,
        List<StoredAttempt> attempts) {
    /**
     * One attempt.
     *
     * @param status of HTTP; absent when there was no answer
     * @param answer the start of it, or why there was none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StoredAttempt(
            int number, Instant at, @Nullable Integer status, String answer, long tookMillis) {}

    /**
     * Some messages, the latest first.
     *
     * @param next what to ask for to get the ones before these; absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            List<StoredDelivery> deliveries, @Nullable Long next) {}
}
