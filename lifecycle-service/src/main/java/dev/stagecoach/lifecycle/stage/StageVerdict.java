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
 * @param nearestMiss the clause that came closest to deciding otherwise; null when nothing would
 * @param tried the clauses in the order in which they were looked at; the last one holds and decided
 */
public record StageVerdict(
        @Nullable Stage stage,
        Clause clause,
        List<Input> inputs,
        @Nullable NearestMiss nearestMiss,
        List<TriedClause> tried) {
    public StageVerdict {
        tried = List.copyOf(tried);
    }
}
