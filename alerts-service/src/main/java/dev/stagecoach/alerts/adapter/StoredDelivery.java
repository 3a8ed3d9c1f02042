package dev.stagecoach.alerts.adapter;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message for a webhook, with everything that was tried. */
@Schema(name = "WebhookDelivery")
public record StoredDelivery(
        long id,

        @Schema(description = "The header webhook-id, the same at every attempt")
        String message,

        @Schema(description = "Id of the alert; absent from a test") @Nullable String alert,

        @Schema(description = "`waiting`, `sent` or `failed`")
        String state,

        Instant createdAt,

        @Schema(description = "When it is tried again, if it waits") @Nullable Instant nextAt,

        @Schema(description = "The last 50, the latest first")
        List<StoredAttempt> attempts) {
    /** One attempt. */
    @Schema(name = "WebhookAttempt")
    public record StoredAttempt(
            int number,
            Instant at,

            @Schema(description = "Of HTTP; absent when there was no answer") @Nullable Integer status,

            @Schema(description = "The start of the answer, or why there was none")
            String answer,

            long tookMillis) {}

    /** Some messages, the latest first. */
    @Schema(name = "WebhookDeliveryPage")
    public record Page(
            List<StoredDelivery> deliveries,

            @Schema(description = "Pass it as `after` for the ones before these; absent on the last page") @Nullable Long next) {}
}
