package dev.stagecoach.alerts;

import dev.stagecoach.alerts.Deliveries.Turn;
import dev.stagecoach.alerts.delivery.Burst;
import dev.stagecoach.alerts.delivery.Pace;
import dev.stagecoach.alerts.delivery.Place;

/** Posts waiting alerts to the chat: one after the other, or together when too many wait. */
public final class PostMessages {
    private final Deliveries deliveries;
    private final Chat chat;
    private final Pace pace;
    private final Burst burst;

    public PostMessages(Deliveries deliveries, Chat chat, Pace pace, Burst burst) {
        this.deliveries = deliveries;
        this.chat = chat;
        this.pace = pace;
        this.burst = burst;
    }

    /** Tries the next message of a place, if one waits and its turn has come. */
    public Turn next(Place place) {
        return deliveries.next(
                place,
                burst.mostSingles(),
                waiting -> Burst.fitting(waiting, chat::sizeInDigest, chat.roomOfDigest()),
                message -> pace.after(chat.post(message), message));
    }
}
