package dev.stagecoach.alerts.policy;

import java.time.Duration;
import java.util.List;

/**
 * Where the alerts of a kind go.
 *
 * @param audience who should look
 * @param coolDown for how long after one alert another of the same matter and direction that is not more severe is left out
 */
public record Route(Channel channel, List<String> audience, Duration coolDown) {
    public Route {
        audience = List.copyOf(audience);
    }
}
