package dev.stagecoach.alerts;

import dev.stagecoach.alerts.Deliveries.Turn;
import dev.stagecoach.alerts.delivery.Pace;

/** Posts waiting messages to the chat, one after the other. */
public final class PostMessages {
    private final Deliveries deliveries;
    private final Chat chat;
    private final Pace pace;

    public PostMessages(Deliveries deliveries, Chat chat, Pace pace) {
        this.deliveries = deliveries;
        this.chat = chat;
        this.pace = pace;
    }

    /** Tries the next message of a channel, if one waits and its turn has come. */
    public Turn next(String channel) {
        return deliveries.next(channel, message -> pace.after(chat.post(message), message.attempts()));
    }
}
