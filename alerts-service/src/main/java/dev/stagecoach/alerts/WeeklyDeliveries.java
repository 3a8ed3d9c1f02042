package dev.stagecoach.alerts;

import dev.stagecoach.alerts.Deliveries.Turn;
import dev.stagecoach.alerts.delivery.Message.Weekly;
import dev.stagecoach.alerts.delivery.Place;
import dev.stagecoach.alerts.delivery.Step;
import java.util.function.Function;

/** The weekly digests that wait to be posted. */
public interface WeeklyDeliveries {
    /**
     * Takes the digest that has waited longest, unless it is not its place's turn yet, and records what the attempt came to.
     * Nobody else takes it meanwhile. If this process ends during the attempt, it still waits.
     *
     * @param placeOf where an owner reads
     */
    Turn next(Function<String, Place> placeOf, Function<Weekly, Step> attempt);
}
