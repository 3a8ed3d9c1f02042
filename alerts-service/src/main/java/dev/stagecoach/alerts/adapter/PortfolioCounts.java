package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Stage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many accounts there are by stage and health. */
record PortfolioCounts(List<Cell> cells) {
    PortfolioCounts {
        cells = List.copyOf(cells);
    }

    long in(Stage stage) {
        return sum(Optional.of(stage), Optional.empty());
    }

    long of(HealthLevel level) {
        return sum(Optional.empty(), Optional.of(level));
    }

    long all() {
        return sum(Optional.empty(), Optional.empty());
    }

    /** How many there are of both; an absent one accepts all. */
    long sum(Optional<Stage> stage, Optional<HealthLevel> level) {
        return cells.stream()
                .filter(cell ->
                        stage.map(one -> one.wireName().equals(cell.stage())).orElse(true))
                .filter(cell ->
                        level.map(one -> one.wireName().equals(cell.health())).orElse(true))
                .mapToLong(Cell::accounts)
                .sum();
    }

    record Cell(@Nullable String stage, String health, long accounts) {}
}
