package dev.stagecoach.alerts.policy;

import dev.stagecoach.alerts.seats.SeatThresholds;
import dev.stagecoach.events.Stage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The alert policy. A kind without a route is switched off.
 *
 * @param executiveStages stages whose entry tells the account executive too
 * @param executiveFrom the percentage of seats from which a crossing tells the account executive too
 */
public record AlertPolicy(
        String version,
        List<Channel> channels,
        Map<AlertKind, Route> routes,
        Set<Stage> executiveStages,
        SeatThresholds seats,
        int executiveFrom) {
    public static final String TEAM = "team";
    public static final String ACCOUNT_EXECUTIVE = "account-executive";

    public AlertPolicy {
        channels = List.copyOf(channels);
        routes = Map.copyOf(routes);
        executiveStages = Set.copyOf(executiveStages);
    }

    public Optional<Route> route(AlertKind kind) {
        return Optional.ofNullable(routes.get(kind));
    }

    /** The topics of the channels. */
    public Collection<String> topics() {
        return channels.stream().map(Channel::topic).distinct().toList();
    }
}
