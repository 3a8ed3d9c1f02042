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
    private final Archive archive;

    /** Campaigns as they were in versions that are not in force any more. */
    public interface Archive {
        /** Empty when nobody has kept that version. */
        Optional<Campaign> find(CampaignRef ref);
    }

    /** Takes campaigns of which no other version is known. */
    public Campaigns(Collection<Campaign> campaigns) {
        this(campaigns, ref -> Optional.empty());
    }

    /**
     * Takes campaigns in any order.
     *
     * @throws IllegalArgumentException when two have the same id
     */
    public Campaigns(Collection<Campaign> campaigns, Archive archive) {
        this.archive = archive;
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

    /** The same, with this campaign in the place of the one of its id. */
    public Campaigns with(Campaign replacement) {
        return new Campaigns(
                byId.values().stream()
                        .map(campaign -> campaign.id().equals(replacement.id()) ? replacement : campaign)
                        .toList(),
                archive);
    }

    public Optional<Campaign> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * A campaign as it was in a version: what began on that version goes on with it. Where nobody has kept the version, the one in
     * force.
     */
    public Optional<Campaign> of(CampaignRef ref) {
        Optional<Campaign> inForce = byId(ref.id());
        return inForce.filter(campaign -> campaign.version() == ref.version())
                .or(() -> archive.find(ref))
                .or(() -> inForce);
    }

    /** Whether anything starts on it, so that it is worth remembering. */
    public boolean listenTo(Trigger trigger) {
        return byId.values().stream().anyMatch(campaign -> campaign.trigger().listensTo(trigger));
    }

    @Override
    public String toString() {
        return byId.keySet().stream().collect(Collectors.joining(", "));
    }
}
