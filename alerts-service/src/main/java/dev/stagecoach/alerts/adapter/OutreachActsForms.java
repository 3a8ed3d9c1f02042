package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about mails on a page, by forms that need no script. Each leads back to its page, which says what was done;
 * what is refused is shown there with what was typed.
 */
@Path("/outreach")
@Blocking
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed(Roles.SUCCESS)
class OutreachActsForms {
    private static final int LONGEST_REASON = 500;
    private static final List<String> VERDICTS = List.of("release", "reject");
    private static final List<String> RESOLUTIONS = List.of("sent", "not-sent", "send-again");

    private final ConsolePages pages;
    private final OutreachPages outreach;
    private final OutreachActs acts;
    private final SignedIn signedIn;

    OutreachActsForms(ConsolePages pages, OutreachPages outreach, OutreachActs acts, SignedIn signedIn) {
        this.pages = pages;
        this.outreach = outreach;
        this.acts = acts;
        this.signedIn = signedIn;
    }

    /**
     * Releases or rejects what waits.
     *
     * @param name what is to be typed to confirm, the account's id or the campaign's
     * @param all whether it is about a whole campaign
     */
    @POST
    @Path("approvals")
    @Operation(hidden = true)
    public Response judge(
            @FormParam("target") @Nullable String target,
            @FormParam("name") @Nullable String name,
            @FormParam("all") boolean all,
            @FormParam("verdict") @Nullable String verdict,
            @FormParam("reason") @Nullable String reason,
            @FormParam("confirm") @Nullable String confirm) {
        String judged = known("verdict", verdict, VERDICTS);
        String about = required("target", target);
        OutreachActs.Result result = isUnconfirmed(judged.equals("reject") || all, confirm, name)
                ? OutreachActs.Result.refused("To " + judged + " these mails, type “" + name + "”. Nothing was done.")
                : withReason(
                        reason, said -> acts.judge(about, judged, new OutreachApi.Judgement(signedIn.name(), said)));
        return result.isDone()
                ? done("/outreach", judged, result.mails())
                : pages.show(
                        result.status(),
                        () -> OutreachPageResource.Templates.overview(
                                outreach.overview(ActReport.refused(String.valueOf(result.refusal()), about, reason))));
    }

    /** Says what became of a mail in doubt. */
    @POST
    @Path("mails/{id}/resolve")
    @Operation(hidden = true)
    public Response resolve(
            @PathParam("id") String id,
            @FormParam("name") @Nullable String name,
            @FormParam("as") @Nullable String as,
            @FormParam("reason") @Nullable String reason,
            @FormParam("confirm") @Nullable String confirm) {
        String resolved = known("as", as, RESOLUTIONS);
        OutreachActs.Result result = isUnconfirmed(resolved.equals("send-again"), confirm, name)
                ? OutreachActs.Result.refused(
                        "To send it again, type “" + name + "”: if it did arrive, it arrives twice. Nothing was done.")
                : withReason(
                        reason, said -> acts.resolve(id, new OutreachApi.Resolution(resolved, signedIn.name(), said)));
        return result.isDone()
                ? done(PageLink.to("/outreach/mails").slash(id).toString(), resolved, 1)
                : pages.show(
                        result.status(),
                        () -> OutreachPageResource.Templates.overview(
                                outreach.overview(ActReport.refused(String.valueOf(result.refusal()), id, reason))));
    }

    /** Sends a mail to whoever looks at it. */
    @POST
    @Path("preview/test")
    @Operation(hidden = true)
    public Response test(
            @FormParam("campaign") @Nullable String campaign,
            @FormParam("account") @Nullable String account,
            @FormParam("step") @Nullable String step,
            @FormParam("contact") @Nullable String contact,
            @FormParam("to") @Nullable String to) {
        PreviewPage.Choice choice = new PreviewPage.Choice(campaign, account, step, contact);
        String address = to == null ? "" : to.strip();
        OutreachActs.Result result = acts.test(
                required("campaign", choice.campaign()),
                new OutreachApi.Test(required("account", choice.account()), address, required("step", choice.step())));
        return result.isDone()
                ? choice.link().with("done", "test").seeOther()
                : pages.showFraming(
                        result.status(),
                        () -> OutreachPageResource.Templates.preview(outreach.preview(
                                choice, ActReport.refused(String.valueOf(result.refusal()), "test", null), address)));
    }

    private interface WithReason {
        OutreachActs.Result act(String reason);
    }

    private static OutreachActs.Result withReason(@Nullable String given, WithReason act) {
        if (given == null || given.isBlank()) {
            return OutreachActs.Result.refused("Say why: those who ask later read it. Nothing was done.");
        }
        String reason = given.strip();
        return reason.length() > LONGEST_REASON
                ? OutreachActs.Result.refused("The reason has " + reason.length() + " characters, and at most "
                        + LONGEST_REASON + " are kept. Nothing was done.")
                : act.act(reason);
    }

    private static boolean isUnconfirmed(boolean needed, @Nullable String typed, @Nullable String expected) {
        return needed && (expected == null || typed == null || !typed.strip().equals(expected));
    }

    private static String known(String name, @Nullable String given, List<String> names) {
        if (given == null || !names.contains(given)) {
            throw ProblemException.badRequest(
                    name + ": " + given + " (expected one of: " + String.join(", ", names) + ")");
        }
        return given;
    }

    private static String required(String name, @Nullable String given) {
        if (given == null || given.isBlank()) {
            throw ProblemException.badRequest(name + ": missing (expected: what the form of the page sends)");
        }
        return given;
    }

    private static Response done(String page, String what, int mails) {
        return PageLink.to(page).with("done", what).with("mails", mails).seeOther();
    }
}
