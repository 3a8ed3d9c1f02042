package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What became of the mails; and what they look like, for those who act: a preview names people. */
@Path("/outreach")
@Blocking
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Roles.VIEWER)
class OutreachPageResource {
    private final ConsolePages pages;
    private final OutreachPages outreach;
    private final SignedIn signedIn;

    OutreachPageResource(ConsolePages pages, OutreachPages outreach, SignedIn signedIn) {
        this.pages = pages;
        this.outreach = outreach;
        this.signedIn = signedIn;
    }

    /** The pages. */
    @CheckedTemplate(basePath = "console/outreach")
    static class Templates {
        private Templates() {}

        static native TemplateInstance overview(OutreachPage page);

        static native TemplateInstance campaign(CampaignPage page);

        static native TemplateInstance mails(MailsPage page);

        static native TemplateInstance mail(MailPage page);

        static native TemplateInstance preview(PreviewPage page);

        static native TemplateInstance audience(AudiencePage page);

        static native TemplateInstance absent(String what, String problem, boolean unknown);
    }

    @GET
    @Operation(hidden = true)
    public Response overview(@BeanParam Done done) {
        return pages.show(() -> Templates.overview(outreach.overview(done.report())));
    }

    @GET
    @Path("{campaign}")
    @Operation(hidden = true)
    public Response campaign(@PathParam("campaign") String campaign, @BeanParam Done done) {
        return pages.find(
                () -> outreach.campaign(campaign, done.report()).map(Templates::campaign),
                () -> Templates.absent("campaign " + campaign, "", true));
    }

    @GET
    @Path("{campaign}/audience")
    @RolesAllowed(Roles.SUCCESS)
    @Operation(hidden = true)
    public Response audience(@PathParam("campaign") String campaign, @QueryParam("after") @Nullable String after) {
        return pages.show(() -> Templates.audience(outreach.audience(campaign, after)));
    }

    @GET
    @Path("mails")
    @Operation(hidden = true)
    public Response mails(
            @QueryParam("account") @Nullable String account,
            @QueryParam("campaign") @Nullable String campaign,
            @QueryParam("state") @Nullable String state,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("after") @Nullable String after) {
        MailsPage.Filter filter = new MailsPage.Filter(account, campaign, state, reason, after);
        return pages.show(() -> Templates.mails(outreach.mails(filter)));
    }

    @GET
    @Path("mails/{id}")
    @Operation(hidden = true)
    public Response mail(@PathParam("id") String id, @BeanParam Done done) {
        return pages.find(
                () -> Optional.of(mailOrWhyNot(id, done.report())).flatMap(PeerAnswer::known),
                () -> Templates.absent("mail", "", true));
    }

    private PeerAnswer<TemplateInstance> mailOrWhyNot(String id, @Nullable ActReport act) {
        PeerAnswer<MailPage> page = outreach.mail(id, act);
        if (page.value() != null) {
            return PeerAnswer.of(Templates.mail(page.value()));
        }
        return page.isUnknown()
                ? PeerAnswer.unknown(String.valueOf(page.problem()))
                : PeerAnswer.of(Templates.absent("mail", String.valueOf(page.problem()), false));
    }

    @GET
    @Path("preview")
    @RolesAllowed(Roles.SUCCESS)
    @Operation(hidden = true)
    public Response preview(
            @QueryParam("campaign") @Nullable String campaign,
            @QueryParam("account") @Nullable String account,
            @QueryParam("step") @Nullable String step,
            @QueryParam("contact") @Nullable String contact,
            @BeanParam Done done) {
        PreviewPage.Choice choice = new PreviewPage.Choice(campaign, account, step, contact);
        return pages.showFraming(200, () -> Templates.preview(outreach.preview(choice, done.report(), testTo())));
    }

    private String testTo() {
        return signedIn.name().contains("@") ? signedIn.name() : "";
    }

    /** The HTML of a mail, which is made of templates and names from outside: a browser shows it and lets it do nothing. */
    @GET
    @Path("preview/mail")
    @RolesAllowed(Roles.SUCCESS)
    @Operation(hidden = true)
    public Response html(
            @QueryParam("campaign") @Nullable String campaign,
            @QueryParam("account") @Nullable String account,
            @QueryParam("step") @Nullable String step,
            @QueryParam("contact") @Nullable String contact) {
        PeerAnswer<String> html = outreach.html(new PreviewPage.Choice(campaign, account, step, contact));
        if (html.value() != null) {
            return pages.framed(Response.ok().type("text/html; charset=utf-8"), html.value());
        }
        Response.Status status = html.isUnknown() ? Response.Status.NOT_FOUND : Response.Status.BAD_GATEWAY;
        return pages.framed(Response.status(status).type(MediaType.TEXT_PLAIN_TYPE), String.valueOf(html.problem()));
    }
}
