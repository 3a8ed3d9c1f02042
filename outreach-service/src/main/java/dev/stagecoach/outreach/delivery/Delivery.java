package dev.stagecoach.outreach.delivery;

import dev.stagecoach.events.DecisionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One mail to one person: a row of the ledger. Unique by occurrence, step and recipient.
 *
 * @param id derived from what makes it unique
 * @param contact the contact's id; null when there was nobody to decide about
 * @param recipient the contact's id, or {@code role:<role>} or {@code occurrence} where there is no contact
 * @param address the e-mail address, lower case; null without a contact
 * @param dueAt not to be sent before: quiet hours and caps have moved it from {@code wantedAt}
 * @param decidedAt when it got into its state, in event time
 * @param cause the id of the event that made the decision
 * @param wantedAt when its campaign would have it sent
 * @param held whether it waits for a person to release it
 * @param waitsBecause why it is due later than wanted; null when it is not
 */
public record Delivery(
        String id,
        String account,
        int partition,
        String campaign,
        String occurrence,
        String step,
        @Nullable String contact,
        String recipient,
        @Nullable String address,
        DeliveryState state,
        Instant dueAt,
        Instant decidedAt,
        @Nullable String reason,
        @Nullable String cause,
        Instant wantedAt,
        boolean held,
        @Nullable String waitsBecause) {

    /** Due at no time until the account was looked at: what {@code dueAt} is when a person has just released the mail. */
    public static final Instant NOT_PLACED = Instant.parse("9999-12-31T00:00:00Z");

    /** A mail that waits for nothing but its time. */
    public Delivery(
            String id,
            String account,
            int partition,
            String campaign,
            String occurrence,
            String step,
            @Nullable String contact,
            String recipient,
            @Nullable String address,
            DeliveryState state,
            Instant dueAt,
            Instant decidedAt,
            @Nullable String reason,
            @Nullable String cause) {
        this(
                id,
                account,
                partition,
                campaign,
                occurrence,
                step,
                contact,
                recipient,
                address,
                state,
                dueAt,
                decidedAt,
                reason,
                cause,
                dueAt,
                false,
                null);
    }

    /** The id of the mail of an occurrence and step to a recipient. */
    public static String idOf(String occurrence, String step, String recipient) {
        return DecisionId.of("delivery", occurrence, step, recipient);
    }

    public boolean isPlanned() {
        return state == DeliveryState.PLANNED;
    }

    boolean isToBePlaced() {
        return isPlanned() && dueAt.equals(NOT_PLACED);
    }

    /** Whether somebody gets it, or may have got it. */
    boolean reachesSomebody() {
        return state != DeliveryState.SUPPRESSED && state != DeliveryState.FAILED;
    }

    Delivery suppressed(String why, Moment moment) {
        return with(address, DeliveryState.SUPPRESSED, dueAt, moment.now(), why, moment.cause(), false, null);
    }

    /** What became of it. */
    public Delivery ended(DeliveryState end, @Nullable String why, Instant at) {
        return with(address, end, dueAt, at, why, cause, false, null);
    }

    Delivery readdressed(String newAddress) {
        return with(newAddress, state, dueAt, decidedAt, reason, cause, held, waitsBecause);
    }

    Delivery dueAt(Instant newDueAt, @Nullable String why) {
        return with(address, state, newDueAt, decidedAt, reason, cause, held, why);
    }

    private Delivery with(
            @Nullable String newAddress,
            DeliveryState newState,
            Instant newDueAt,
            Instant at,
            @Nullable String why,
            @Nullable String newCause,
            boolean nowHeld,
            @Nullable String nowWaitsBecause) {
        return new Delivery(
                id,
                account,
                partition,
                campaign,
                occurrence,
                step,
                contact,
                recipient,
                newAddress,
                newState,
                newDueAt,
                at,
                why,
                newCause,
                wantedAt,
                nowHeld,
                nowWaitsBecause);
    }
}
