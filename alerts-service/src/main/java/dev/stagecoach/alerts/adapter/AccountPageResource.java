package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.access.Roles;
import dev.stagecoach.alerts.history.EntryKind;
import dev.stagecoach.events.EventCodec;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The page of an account: how it is, why, and what comes next. */
@Path("/accounts/{id}")
@RolesAllowed(Roles.VIEWER)
class AccountPageResource {
    private final ConsolePages pages;
    private final JdbcAccountPages accounts;
    private final LifecyclePeer lifecycle;
    private final OutreachPages outreach;

    AccountPageResource(
            ConsolePages pages, JdbcAccountPages accounts, LifecyclePeer lifecycle, OutreachPages outreach) {
        this.pages = pages;
        this.accounts = accounts;
        this.lifecycle = lifecycle;
        this.outreach = outreach;
    }

    @CheckedTemplate(basePath = "console/account")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(AccountPage page, MailsToCome next);

        static native TemplateInstance entry(AccountRecord page);

        static native TemplateInstance unknown(String id, String what, String link);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response account(
            @PathParam("id") String id,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("before") @Nullable String before) {
        Optional<EntryKind> onlyKind = TimelineResource.kind(kind);
        Optional<TimelineCursor> cursor = TimelineResource.cursor("before", before);
        return pages.find(() -> page(id, onlyKind, cursor), () -> unknown(id, "account"));
    }

    /** The others are asked at once, and before a connection is taken: whoever waits for them holds none. */
    private Optional<TemplateInstance> page(String id, Optional<EntryKind> kind, Optional<TimelineCursor> before) {
        PeerQuestion<LifecycleApi.Health> health = lifecycle.ask(api -> api.health(id));
        PeerQuestion<OutreachApi.Mails> mails = outreach.askToCome(id);
        MailsToCome next = outreach.toCome(id, mails.await());
        return accounts.page(id, kind, before, health.await().known()).map(page -> Templates.page(page, next));
    }

    @GET
    @Blocking
    @Path("records/{record}")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response entry(@PathParam("id") String id, @PathParam("record") String entry) {
        return pages.find(() -> accounts.record(id, entry).map(Templates::entry), () -> unknown(id, "record"));
    }

    @GET
    @Blocking
    @Path("series.json")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Response series(@PathParam("id") String id) throws JsonProcessingException {
        UsageSeries series = accounts.series(id).orElseThrow(NotFoundException::new);
        return Response.ok(EventCodec.json().writeValueAsString(series))
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static TemplateInstance unknown(String id, String what) {
        return Templates.unknown(id, what, AlertsRunner.accountLink(URI.create(""), id));
    }
}
