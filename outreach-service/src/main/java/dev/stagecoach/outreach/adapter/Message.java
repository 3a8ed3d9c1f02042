package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in the ledger, as the API shows it. Names no address.
 *
 * @param wantedAt when its campaign would have it sent
 * @param dueAt when it is sent, or was to be
 * @param at when it got into its state, in event time
 * @param reason why it was suppressed or failed, or what the mail server said last
 * @param held whether it waits for a person to release it
 * @param waitsBecause why it is due later than its campaign would have it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Message(
        String id,
        String account,
        String campaign,
        String occurrence,
        String step,
        @Nullable String contact,
        String state,
        Instant wantedAt,
        Instant dueAt,
        Instant at,
        @Nullable String reason,
        @Nullable String messageId,
        int attempts,
        boolean held,
        @Nullable String waitsBecause) {
    static Message of(DeliveryRow row) {
        return new Message(
                row.id,
                row.account,
                row.campaign,
                row.occurrence,
                row.step,
                row.contact,
                row.state,
                row.wantedAt,
                row.dueAt,
                row.decidedAt,
                row.reason,
                row.messageId,
                row.attempts,
                row.held,
                row.waitsBecause);
    }

    static Message of(ResultSet row) throws SQLException {
        return new Message(
                row.getString("id"),
                row.getString("account"),
                row.getString("campaign"),
                row.getString("occurrence"),
                row.getString("step"),
                row.getString("contact"),
                row.getString("state"),
                Jdbc.instant(row, "wanted_at"),
                Jdbc.instant(row, "due_at"),
                Jdbc.instant(row, "decided_at"),
                row.getString("reason"),
                row.getString("message_id"),
                row.getInt("attempts"),
                row.getBoolean("held"),
                row.getString("waits_because"));
    }
}
