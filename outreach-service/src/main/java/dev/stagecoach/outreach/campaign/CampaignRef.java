package dev.stagecoach.outreach.campaign;

/** A campaign as it was in one version. */
public record CampaignRef(String id, int version) {
    @Override
    public String toString() {
        return id + " version " + version;
    }
}
