package dev.stagecoach.outreach.campaign;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The campaigns in force, in order of their ids. */
public final class Campaigns {
    private final Map<String, Campaign> byId = new LinkedHashMap<>();

    /**
     * Takes campaigns in any order.
     *
     * @throws IllegalArgumentException when two have the same id
     */
    public Campaigns(Collection<Campaign> campaigns) {
        List<Campaign> ordered =
                campaigns.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
        for (Campaign campaign : ordered) {
            if (byId.put(campaign.id(), campaign) != null) {
                throw new IllegalArgumentException("campaign " + campaign.id() + ": there are two of that id");
            }
        }
    }

    public List<Campaign> all() {
        return List.copyOf(byId.values());
    }

    public Optional<Campaign> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether anything starts on it, so that it is worth remembering. */
    public boolean listenTo(Trigger trigger) {
        return byId.values().stream().anyMatch(campaign -> campaign.trigger().equals(trigger));
    }

    @Override
    public String toString() {
        return byId.keySet().stream().collect(Collectors.joining(", "));
    }
}
