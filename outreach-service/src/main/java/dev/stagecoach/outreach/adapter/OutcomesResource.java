package dev.stagecoach.outreach.adapter;

import dev.stagecoach.access.Roles;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What became of campaigns, for those who look closer than at the balance. */
@Path("/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class OutcomesResource {
    private final Campaigns campaigns;
    private final CampaignOutcomes outcomes;

    OutcomesResource(Campaigns campaigns, DataSource database) {
        this.campaigns = campaigns;
        this.outcomes = new CampaignOutcomes(database);
    }

    @GET
    @Blocking
    @Path("/{id}/outcomes")
    public CampaignOutcomes.Outcomes outcomes(@PathParam("id") String id) {
        if (campaigns.byId(id).isEmpty()) {
            throw ProblemException.notFound("campaign: " + id + " (expected one of: "
                    + campaigns.all().stream().map(Campaign::id).collect(Collectors.joining(", ")) + ")");
        }
        return outcomes.of(id);
    }
}
