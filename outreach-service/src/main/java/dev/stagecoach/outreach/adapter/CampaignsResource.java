package dev.stagecoach.outreach.adapter;

import dev.stagecoach.access.Roles;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.outreach.JudgePreview;
import dev.stagecoach.outreach.PreviewCampaign;
import dev.stagecoach.outreach.SendTestMail;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Enrolment;
import dev.stagecoach.outreach.mail.Handover;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The campaigns in force, and what they would do. */
@Path("/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class CampaignsResource {
    private final Campaigns campaigns;
    private final PreviewCampaign previewCampaign;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 500;

    private final JdbcPreviews previews;
    private final SendTestMail testMails;
    private final CampaignAnswers answers;
    private final DataSource database;

    CampaignsResource(
            Campaigns campaigns,
            PreviewCampaign previewCampaign,
            JdbcPreviews previews,
            SendTestMail testMails,
            CampaignAnswers answers,
            DataSource database) {
        this.previews = previews;
        this.testMails = testMails;
        this.answers = answers;
        this.campaigns = campaigns;
        this.previewCampaign = previewCampaign;
        this.database = database;
    }

    /**
     * A campaign in short.
     *
     * @param needsApproval whether each of its mails waits for a person
     */
    record Summary(
            String id,
            int version,
            String trigger,
            Set<Segment> segments,
            Set<Product> products,
            Set<Role> audience,
            String kind,
            boolean needsApproval,
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
                    campaign.needsApproval(),
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

    /**
     * What to preview.
     *
     * @param account absent: everyone
     * @param after of everyone: {@code next} of the page before
     * @param limit of everyone: accounts of a page, 1 to 500; 100 when not given
     */
    record PreviewRequest(
            @Nullable String account,
            @Nullable String after,
            @Nullable Integer limit) {}

    /** One account: who would get it and why not, and each mail as it would look. */
    record OnePreview(
            String campaign,
            int version,
            String account,
            boolean gets,
            List<String> whyNot,
            List<JudgePreview.Reader> recipients,
            List<Role> missingRoles,
            List<JudgePreview.Run> running,
            List<PreviewCampaign.Page> mails) {}

    /** Which mail to send to whom as a test. */
    record TestRequest(
            @Nullable String account,
            @Nullable String to,
            @Nullable String step) {}

    /** A test that the mail server took. */
    record TestSent(String campaign, String step, String account, String to) {}

    @GET
    @Blocking
    public List<Summary> list() {
        Map<String, Balance> balances = Balance.byCampaign(database);
        return campaigns.all().stream()
                .map(campaign -> Summary.of(campaign, balances.getOrDefault(campaign.id(), Balance.NONE)))
                .toList();
    }

    @GET
    @Blocking
    @Path("/{id}")
    public Summary one(@PathParam("id") String id) {
        Campaign campaign = campaign(id);
        return Summary.of(campaign, Balance.byCampaign(database).getOrDefault(id, Balance.NONE));
    }

    @GET
    @Blocking
    @Path("/{id}/answers")
    public CampaignAnswers.Answered answers(@PathParam("id") String id) {
        return answers.of(campaign(id).id());
    }

    @POST
    @Blocking
    @Path("/{id}/preview")
    @RolesAllowed(Roles.SUCCESS)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response preview(@PathParam("id") String id, @Nullable PreviewRequest request) {
        Campaign campaign = campaign(id);
        if (request != null && request.account() != null) {
            return Response.ok(one(campaign, request.account())).build();
        }
        String after = request == null ? null : request.after();
        Integer limit = request == null ? null : request.limit();
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw ProblemException.badRequest("limit: " + limit + " (expected: 1 to " + MOST + ")");
        }
        return Response.ok(previews.page(campaign, after, limit == null ? DEFAULT_LIMIT : limit))
                .build();
    }

    private OnePreview one(Campaign campaign, String id) {
        JudgePreview.Judged judged = previews.one(campaign, id)
                .orElseThrow(() -> ProblemException.notFound("account: " + id + " is not known here"));
        return new OnePreview(
                campaign.id(),
                campaign.version(),
                id,
                judged.gets(),
                judged.whyNot(),
                judged.recipients(),
                judged.missingRoles(),
                judged.running(),
                previewCampaign.pages(campaign, account(id)));
    }

    @POST
    @Blocking
    @Path("/{id}/test")
    @RolesAllowed(Roles.SUCCESS)
    @Consumes(MediaType.APPLICATION_JSON)
    public TestSent test(@PathParam("id") String id, @Nullable TestRequest request) {
        Campaign campaign = campaign(id);
        if (request == null || request.account() == null) {
            throw ProblemException.badRequest("account: missing (expected: an account id)");
        }
        if (request.to() == null) {
            throw ProblemException.badRequest("to: missing (expected: your address)");
        }
        Step step = step(campaign, request.step());
        Handover handover = sendTest(campaign, step, account(request.account()), request.to());
        if (!(handover instanceof Handover.Accepted)) {
            throw ProblemException.badGateway("the mail server did not take it: " + handover);
        }
        return new TestSent(id, step.step(), request.account(), request.to());
    }

    private Handover sendTest(Campaign campaign, Step step, Account account, String to) {
        try {
            return testMails.send(campaign, step, account, to, UUID.randomUUID().toString());
        } catch (SendTestMail.NotAllowed e) {
            throw ProblemException.forbidden(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Step step(Campaign campaign, @Nullable String name) {
        if (name == null) {
            return campaign.steps().get(0);
        }
        return campaign.step(name)
                .orElseThrow(() -> ProblemException.badRequest("step: " + name + " (expected one of: "
                        + campaign.steps().stream().map(Step::step).collect(Collectors.joining(", ")) + ")"));
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
