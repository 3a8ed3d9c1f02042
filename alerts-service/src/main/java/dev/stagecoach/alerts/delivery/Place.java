package dev.stagecoach.alerts.delivery;

import java.util.List;

/**
 * Where messages arrive. Channels that reach the same one share its pace.
 *
 * @param name of the first of its channels
 * @param channels keys of the channels whose messages go there
 * @param threads whether messages can answer others
 */
public record Place(String name, List<String> channels, boolean threads) {
    public Place {
        channels = List.copyOf(channels);
    }
}
