package dev.stagecoach.alerts.policy;

import dev.stagecoach.alerts.seats.SeatThresholds;
import dev.stagecoach.alerts.usage.UsageTarget;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which alerts there are for the accounts of a segment, and with which numbers. A kind without a route is switched off.
 *
 * @param executiveStages stages whose entry tells the account executive too
 * @param executiveFrom the percentage of seats from which a crossing tells the account executive too
 * @param healthLevels the levels whose beginning is told
 */
public record Rules(
        Map<AlertKind, Route> routes,
        Set<Stage> executiveStages,
        SeatThresholds seats,
        int executiveFrom,
        UsageTarget usageTarget,
        LowUtilization lowUtilization,
        Set<HealthLevel> healthLevels) {
    public Rules {
        routes = Map.copyOf(routes);
        executiveStages = Set.copyOf(executiveStages);
        healthLevels = Set.copyOf(healthLevels);
    }

    public Optional<Route> route(AlertKind kind) {
        return Optional.ofNullable(routes.get(kind));
    }
}
