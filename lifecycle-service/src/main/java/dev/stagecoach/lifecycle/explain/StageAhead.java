package dev.stagecoach.lifecycle.explain;

import dev.stagecoach.events.Stage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A stage change that time alone will bring.
 *
 * @param on the day on which it comes
 * @param from null when there is none
 * @param to null when there is none any more, which only the end of a stage set by hand brings
 * @param clause the clause that will hold
 */
public record StageAhead(
        LocalDate on, @Nullable Stage from, @Nullable Stage to, String clause) {}
