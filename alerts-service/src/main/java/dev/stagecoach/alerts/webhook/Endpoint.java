package dev.stagecoach.alerts.webhook;

import java.net.URI;
import java.util.Set;

/**
 * A program that wants to know of alerts.
 *
 * @param kinds of alerts, as the contract writes them; none means all
 */
public record Endpoint(String name, URI url, Set<String> kinds) {
    public Endpoint {
        kinds = Set.copyOf(kinds);
    }

    public boolean takes(String kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }
}
