package dev.stagecoach.alerts;

import dev.stagecoach.alerts.delivery.AccountAlerts;
import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Place;
import dev.stagecoach.alerts.delivery.Step;
import dev.stagecoach.alerts.delivery.Waiting;
import java.util.List;
import java.util.function.Function;

/** The alerts that wait to be posted. */
public interface Deliveries {
    /**
     * Takes what a place is due to get, unless it is not its turn yet, and records what the attempt came to. Nobody else takes
     * anything for the place meanwhile. If this process ends during the attempt, all of it still waits: rather twice in the
     * chat than not at all.
     *
     * @param mostSingles with more waiting alerts than this, many are posted together
     * @param fitting those of the waiting alerts, oldest first, that are posted together
     */
    Turn next(
            Place place,
            int mostSingles,
            Function<List<Waiting>, List<AccountAlerts>> fitting,
            Function<Message, Step> attempt);

    /** Whether a message was tried. */
    enum Turn {
        TRIED,
        NOT_YET,
        NOTHING_WAITS
    }
}
