package dev.stagecoach.alerts.policy;

import java.util.List;

/**
 * Where the alerts of a kind go.
 *
 * @param audience who should look
 */
public record Route(Channel channel, List<String> audience) {
    public Route {
        audience = List.copyOf(audience);
    }
}
