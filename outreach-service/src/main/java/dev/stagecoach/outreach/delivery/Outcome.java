package dev.stagecoach.outreach.delivery;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells the world what became of a mail. */
public final class Outcome {
    /** The {@code ce_source} of everything outreach says. */
    public static final String SOURCE = "/outreach-service";

    private Outcome() {}

    /**
     * The event of a mail that came to an end.
     *
     * @param delivery in the state that it came to
     * @param messageId null when no mail was made
     * @throws IllegalArgumentException for a state that is nobody else's business
     */
    public static Event<MessageOutcome> of(Delivery delivery, @Nullable String messageId, Instant at) {
        EventType type = switch (delivery.state()) {
            case SENT -> EventType.MESSAGE_SENT;
            case SUPPRESSED -> EventType.MESSAGE_SUPPRESSED;
            case BOUNCED -> EventType.MESSAGE_BOUNCED;
            case FAILED -> EventType.MESSAGE_FAILED;
            case UNKNOWN -> EventType.MESSAGE_UNKNOWN;
            default -> throw new IllegalArgumentException("no event tells of a mail that is " + delivery.state());
        };
        return Event.of(
                DecisionId.of(type.wireName(), delivery.id()),
                type,
                SOURCE,
                delivery.account(),
                at,
                delivery.cause(),
                new MessageOutcome(
                        delivery.account(),
                        delivery.campaign(),
                        delivery.occurrence(),
                        delivery.step(),
                        delivery.contact(),
                        messageId,
                        at,
                        delivery.reason()));
    }
}
