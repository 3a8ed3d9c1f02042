package dev.stagecoach.alerts;

import dev.stagecoach.alerts.Deliveries.Turn;
import dev.stagecoach.alerts.delivery.Pace;
import dev.stagecoach.alerts.delivery.Place;
import java.util.function.Function;

/** Posts the weekly digests of owners to where they read. */
public final class PostWeekly {
    private final WeeklyDeliveries deliveries;
    private final Chat chat;
    private final Pace pace;
    private final Function<String, Place> placeOf;

    public PostWeekly(WeeklyDeliveries deliveries, Chat chat, Pace pace, Function<String, Place> placeOf) {
        this.deliveries = deliveries;
        this.chat = chat;
        this.pace = pace;
        this.placeOf = placeOf;
    }

    /** Tries the next digest, if one waits and the turn of its place has come. */
    public Turn next() {
        return deliveries.next(placeOf, message -> pace.after(chat.post(message), message));
    }
}
