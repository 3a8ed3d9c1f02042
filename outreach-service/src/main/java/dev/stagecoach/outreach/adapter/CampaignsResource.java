package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.outreach.PreviewCampaign;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.delivery.DeliveryState;
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
    private final CampaignAnswers answers;
    private final DataSource database;

    CampaignsResource(
            Campaigns campaigns, PreviewCampaign previewCampaign, CampaignAnswers answers, DataSource database) {
        this.answers = answers;
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
            String kind,
            List<StepSummary> steps,
            Shares balance) {
        static Summary of(Campaign campaign, Balance balance) {
            return new Summary(
                    campaign.id(),
                    campaign.version(),
                    campaign.trigger().toString(),
                    campaign.segments(),
                    campaign.products(),
                    campaign.audience(),
                    campaign.kind().wireName(),
                    campaign.steps().stream().map(StepSummary::of).toList(),
                    Shares.of(balance));
        }
    }

    /** A step in short. */
    record StepSummary(String step, Duration after, String subject) {
        static StepSummary of(Step step) {
            return new StepSummary(step.step(), step.after(), step.subject());
        }
    }

    /**
     * Nobody gets lost: eligible = sent + suppressed + bounced + failed + unknown + pending + missing.
     *
     * @param eligible mails that were decided on
     * @param pending decided, and not at an end yet
     * @param missing 0, or something went wrong
     */
    record Shares(
            long eligible,
            long sent,
            long suppressed,
            long bounced,
            long failed,
            long unknown,
            long pending,
            long missing) {
        static Shares of(Balance balance) {
            return new Shares(
                    balance.eligible(),
                    balance.of(DeliveryState.SENT),
                    balance.of(DeliveryState.SUPPRESSED),
                    balance.of(DeliveryState.BOUNCED),
                    balance.of(DeliveryState.FAILED),
                    balance.of(DeliveryState.UNKNOWN),
                    balance.pending(),
                    balance.missing());
        }
    }

    /** For which account to preview. */
    record PreviewRequest(@Nullable String account) {}

    @GET
    @Blocking
    @Operation(summary = "The campaigns in force, each with the balance of its mails")
    public List<Summary> list() {
        Map<String, Balance> balances = Balance.byCampaign(database);
        return campaigns.all().stream()
                .map(campaign -> Summary.of(campaign, balances.getOrDefault(campaign.id(), Balance.NONE)))
                .toList();
    }

    @GET
    @Blocking
    @Path("/{id}")
    @Operation(summary = "A campaign in force with the balance of its mails")
    public Summary one(@PathParam("id") String id) {
        Campaign campaign = campaign(id);
        return Summary.of(campaign, Balance.byCampaign(database).getOrDefault(id, Balance.NONE));
    }

    @GET
    @Blocking
    @Path("/{id}/answers")
    @Operation(
            summary = "What readers answered to the mails of a campaign, and its net promoter score",
            description = "The last score of a person to a mail counts. nps = (promoters - detractors) / answers * 100;"
                    + " promoters answer 9 or 10, detractors 0 to 6. Without answers it is null.")
    public CampaignAnswers.Answered answers(@PathParam("id") String id) {
        return answers.of(campaign(id).id());
    }

    @POST
    @Blocking
    @Path("/{id}/preview")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Who would get the campaign at an account now, and what they would read; sends nothing")
    public PreviewCampaign.Preview preview(@PathParam("id") String id, @Nullable PreviewRequest request) {
        Campaign campaign = campaign(id);
        if (request == null || request.account() == null || request.account().isBlank()) {
            throw ProblemException.badRequest("account: missing (expected: an account id)");
        }
        return previewCampaign.preview(campaign, account(request.account()));
    }

    private Campaign campaign(String id) {
        return campaigns
                .byId(id)
                .orElseThrow(() -> ProblemException.notFound("campaign: " + id + " (expected one of: "
                        + campaigns.all().stream().map(Campaign::id).collect(Collectors.joining(", ")) + ")"));
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
