package dev.stagecoach.alerts.journey;

import dev.stagecoach.events.Stage;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The five stages in their order, and when this relationship entered each.
 *
 * @param churned when the account left, if it has
 */
public record Journey(List<Step> steps, Optional<Entered> churned) {
    private static final List<Stage> STAGES =
            List.of(Stage.PROSPECT, Stage.ONBOARDING, Stage.ADOPTING, Stage.NURTURING, Stage.RENEWING);

    /**
     * The journey that these changes made.
     *
     * @param oldestFirst all changes of the stage
     */
    public static Journey of(List<Entered> oldestFirst) {
        Map<Stage, Entered> entered = new EnumMap<>(Stage.class);
        Stage current = null;
        for (Entered change : oldestFirst) {
            if (current == Stage.CHURNED && change.stage() == Stage.ONBOARDING) {
                // A new contract after churn begins a new journey.
                entered.clear();
            }
            if (change.stage() != null) {
                entered.put(change.stage(), change);
            }
            current = change.stage();
        }
        Stage last = current;
        List<Step> steps = STAGES.stream()
                .map(stage -> new Step(stage, Optional.ofNullable(entered.get(stage)), stage == last))
                .toList();
        return new Journey(
                steps, last == Stage.CHURNED ? Optional.ofNullable(entered.get(Stage.CHURNED)) : Optional.empty());
    }

    /**
     * A change of the stage.
     *
     * @param stage null when there is none any more
     * @param entry the entry of the timeline that tells of it
     */
    public record Entered(@Nullable Stage stage, Instant at, String entry) {}

    /** A stage on the way. */
    public record Step(Stage stage, Optional<Entered> entered, boolean isCurrent) {}
}
