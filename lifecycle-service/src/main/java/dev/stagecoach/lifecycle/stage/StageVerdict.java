package dev.stagecoach.lifecycle.stage;

import dev.stagecoach.events.Input;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stage that the rules give, and why.
 *
 * @param stage null before Prospect
 */
public record StageVerdict(
        @Nullable Stage stage,
        Clause clause,
        List<Input> inputs,
        @Nullable NearestMiss nearestMiss) {}
