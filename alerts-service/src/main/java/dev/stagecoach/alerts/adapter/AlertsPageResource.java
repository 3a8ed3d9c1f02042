package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What happened that somebody should know of. */
@Path("/alerts")
@RolesAllowed(Roles.VIEWER)
class AlertsPageResource {
    private final ConsolePages pages;
    private final JpaAlertGroups groups;
    private final LiveAlerts live;
    private final LiveActs liveActs;
    private final SignedIn signedIn;

    AlertsPageResource(
            ConsolePages pages, JpaAlertGroups groups, LiveAlerts live, LiveActs liveActs, SignedIn signedIn) {
        this.pages = pages;
        this.groups = groups;
        this.live = live;
        this.liveActs = liveActs;
        this.signedIn = signedIn;
    }

    @CheckedTemplate(basePath = "console/alerts")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(AlertsPage page);

        static native TemplateInstance group(AlertGroup group, boolean mayAct);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response page(
            @QueryParam("account") @Nullable String account,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("state") @Nullable String state,
            @QueryParam("assignee") @Nullable String assignee,
            @QueryParam("after") @Nullable String after) {
        return pages.show(() -> Templates.page(
                groups.show(AlertFilter.of(account, kind, state, assignee), AlertsResource.cursor(after))));
    }

    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> stream(
            @QueryParam("account") @Nullable String account,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("state") @Nullable String state,
            @QueryParam("assignee") @Nullable String assignee,
            @QueryParam("seen") @Nullable String seen,
            @HeaderParam(SseStream.LAST_EVENT_ID) @Nullable String lastEventId,
            @Context Sse sse) {
        boolean mayAct = signedIn.mayAct();
        Optional<String> lastSeen = Optional.ofNullable(lastEventId).or(() -> Optional.ofNullable(seen));
        AlertFilter filter = AlertFilter.of(account, kind, state, assignee);
        return new SseStream(sse, signedIn.until())
                .of(
                        live.after(lastSeen, filter),
                        liveActs.of(filter),
                        alert -> Templates.group(AlertGroup.of(alert), mayAct).render());
    }
}
