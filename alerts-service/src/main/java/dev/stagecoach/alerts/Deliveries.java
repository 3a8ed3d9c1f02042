package dev.stagecoach.alerts;

import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Step;
import java.util.function.Function;

/** The messages that wait to be posted. */
public interface Deliveries {
    /**
     * Takes the oldest message that waits for a channel, unless it is not the channel's turn yet, and records what the attempt
     * came to. Nobody else takes a message of the channel meanwhile. If this process ends during the attempt, the message
     * still waits: rather twice in the chat than not at all.
     */
    Turn next(String channel, Function<Message, Step> attempt);

    /** Whether a message was tried. */
    enum Turn {
        TRIED,
        NOT_YET,
        NOTHING_WAITS
    }
}
