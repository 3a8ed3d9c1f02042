package dev.stagecoach.alerts.adapter;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** What outreach-service answers to the console: its README and {@code /q/openapi} say more. */
@Path("/v1")
@RegisterRestClient(configKey = "outreach-service")
@RegisterProvider(PeerAuthorization.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface OutreachApi {
    @ClientExceptionMapper
    static @Nullable RuntimeException refused(Response response) {
        return PeerRefusedException.of(response);
    }

    @GET
    @Path("/campaigns")
    Uni<List<Campaign>> campaigns();

    @GET
    @Path("/campaigns/{id}")
    Uni<Campaign> campaign(@PathParam("id") String id);

    @GET
    @Path("/campaigns/{id}/outcomes")
    Uni<Outcomes> outcomes(@PathParam("id") String id);

    @GET
    @Path("/campaigns/{id}/answers")
    Uni<Answers> answers(@PathParam("id") String id);

    @POST
    @Path("/campaigns/{id}/preview")
    Uni<Preview> preview(@PathParam("id") String id, OfAccount account);

    @POST
    @Path("/campaigns/{id}/preview")
    Uni<Everyone> everyone(@PathParam("id") String id, OfEveryone page);

    @POST
    @Path("/campaigns/{id}/test")
    Uni<TestSent> test(@PathParam("id") String id, Test test);

    @GET
    @Path("/messages")
    Uni<Mails> mails(
            @QueryParam("account") @Nullable String account,
            @QueryParam("contact") @Nullable String contact,
            @QueryParam("campaign") @Nullable String campaign,
            @QueryParam("state") @Nullable String state,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") int limit);

    @GET
    @Path("/messages/{id}")
    Uni<Story> story(@PathParam("id") String id);

    @POST
    @Path("/messages/{id}/resolve")
    Uni<Story> resolve(@PathParam("id") String id, Resolution resolution);

    @GET
    @Path("/approvals")
    Uni<Approvals> approvals(
            @QueryParam("campaign") @Nullable String campaign, @QueryParam("after") @Nullable String after);

    @POST
    @Path("/approvals/{target: .+}/{verdict}")
    Uni<Judged> judge(@PathParam("target") String target, @PathParam("verdict") String verdict, Judgement judgement);

    record Campaign(
            String id,
            int version,
            String trigger,
            List<String> segments,
            List<String> products,
            List<String> audience,
            String kind,
            boolean needsApproval,
            List<Step> steps,
            Shares balance) {}

    record Step(String step, Duration after, String subject) {}

    record Shares(long eligible, long sent, long suppressed, long bounced, long failed, long unknown, long pending) {}

    record Outcomes(List<OfStep> steps, List<OfVersion> versions, List<OfReason> reasons) {}

    record OfStep(String step, Map<String, Long> mails) {}

    record OfVersion(int version, @Nullable Instant firstSeenAt, long started, long ended, long pending) {}

    record OfReason(String state, String reason, long mails) {}

    record Answers(
            long sent,
            long answers,
            Map<Integer, Long> scores,
            long promoters,
            long passives,
            long detractors,
            @Nullable Double nps,
            long helpRequested,
            long trainingRequested,
            long meetingRequested,
            long unsubscribed) {}

    record OfAccount(String account) {}

    record OfEveryone(@Nullable String after, int limit) {}

    record Preview(
            String campaign,
            int version,
            String account,
            boolean gets,
            List<String> whyNot,
            List<Reader> recipients,
            List<String> missingRoles,
            List<Run> running,
            List<PreviewedMail> mails) {}

    record Reader(
            String contact,
            List<String> roles,
            @Nullable Instant dueAt,
            @Nullable String waitsBecause,
            boolean held,
            @Nullable String whyNot) {}

    record Run(String occurrence, int version, boolean older, Instant openedAt, long toCome) {}

    record PreviewedMail(
            String contact, String step, Duration after, String subject, String preheader, String text, String html) {}

    record Everyone(
            String campaign,
            int version,
            @Nullable Totals totals,
            List<Candidate> accounts,
            @Nullable String next) {}

    record Candidate(
            String account,
            boolean gets,
            List<String> whyNot,
            List<Reader> recipients,
            List<String> missingRoles,
            List<Run> running) {}

    record Totals(
            long accounts, long wouldGet, long people, Map<String, Long> whyNot, long running, long onOlderVersion) {}

    record Test(String account, String to, String step) {}

    record TestSent(String campaign, String step, String account, String to) {}

    record Mails(List<Mail> messages, @Nullable String next) {}

    record Mail(
            String id,
            String account,
            String campaign,
            String occurrence,
            String step,
            @Nullable String contact,
            String state,
            Instant wantedAt,
            Instant dueAt,
            Instant at,
            @Nullable String reason,
            @Nullable String messageId,
            int attempts,
            boolean held,
            @Nullable String waitsBecause) {}

    record Story(Mail message, @Nullable String cause, Start occurrence, List<Answer> answers, List<Decided> decided) {}

    record Start(
            String key,
            int version,
            String occasion,
            Instant triggeredAt,
            Instant openedAt,
            @Nullable String endedBecause) {}

    record Answer(
            String type,
            Instant at,
            @Nullable Integer score,
            @Nullable String comment,
            @Nullable String kind) {}

    record Decided(String as, String by, String reason, Instant recordedAt) {}

    record Resolution(String as, String by, String reason) {}

    record Approvals(List<Waiting> waiting, @Nullable String next) {}

    record Waiting(
            String occurrence,
            String campaign,
            int version,
            String account,
            int mails,
            List<String> steps,
            List<String> contacts,
            Instant firstDue) {}

    record Judgement(String by, String reason) {}

    record Judged(String target, String verdict, int mails) {}
}
