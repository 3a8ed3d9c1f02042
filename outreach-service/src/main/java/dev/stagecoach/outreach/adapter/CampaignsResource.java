package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.outreach.PreviewCampaign;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.delivery.Enrolment;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The campaigns in force, and what they would do. */
@Path("/v1/campaigns")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
class CampaignsResource {
    private final Campaigns campaigns;
    private final PreviewCampaign previewCampaign;
    private final DataSource database;

    CampaignsResource(Campaigns campaigns, PreviewCampaign previewCampaign, DataSource database) {
        this.campaigns = campaigns;
        this.previewCampaign = previewCampaign;
        this.database = database;
    }

    /** A campaign in short. */
    record Summary(
            String id,
            int version,
            String trigger,
            Set<Segment> segments,
            Set<Product> products,
            Set<Role> audience,
            List<StepSummary> steps) {
        static Summary of(Campaign campaign) {
            return new Summary(
                    campaign.id(),
                    campaign.version(),
                    campaign.trigger().toString(),
                    campaign.segments(),
                    campaign.products(),
                    campaign.audience(),
                    campaign.steps().stream().map(StepSummary::of).toList());
        }
    }

    /** A step in short. */
    record StepSummary(String step, Duration after, String subject) {
        static StepSummary of(Step step) {
            return new StepSummary(step.step(), step.after(), step.subject());
        }
    }

    /** For which account to preview. */
    record PreviewRequest(@Nullable String account) {}

    @GET
    @Operation(summary = "The campaigns in force")
    public List<Summary> list() {
        return campaigns.all().stream().map(Summary::of).toList();
    }

    @POST
    @Blocking
    @Path("/{id}/preview")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Who would get the campaign at an account now, and what they would read; sends nothing")
    public PreviewCampaign.Preview preview(@PathParam("id") String id, @Nullable PreviewRequest request) {
        Campaign campaign = campaigns
                .byId(id)
                .orElseThrow(() -> ProblemException.notFound("campaign: " + id + " (expected one of: "
                        + campaigns.all().stream().map(Campaign::id).collect(Collectors.joining(", ")) + ")"));
        if (request == null || request.account() == null || request.account().isBlank()) {
            throw ProblemException.badRequest("account: missing (expected: an account id)");
        }
        return previewCampaign.preview(campaign, account(request.account()));
    }

    private Account account(String id) {
        Map<String, Enrolment> found =
                Jdbc.inTransaction(database, transaction -> new JdbcEnrolments(transaction).load(Set.of(id)));
        Enrolment enrolment = found.get(id);
        if (enrolment == null) {
            throw ProblemException.notFound("account: " + id + " is not known here");
        }
        return enrolment.account();
    }
}
