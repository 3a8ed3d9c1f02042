package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.Stage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** The console: the pages of the team. */
@Path("/")
class ConsoleResource {
    private final ConsolePages pages;
    private final JpaPortfolio portfolio;
    private final JdbcSystem system;
    private final LiveAlerts live;

    ConsoleResource(ConsolePages pages, JpaPortfolio portfolio, JdbcSystem system, LiveAlerts live) {
        this.pages = pages;
        this.portfolio = portfolio;
        this.system = system;
        this.live = live;
    }

    /** The page and its parts. */
    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance portfolio(Portfolio page);

        static native TemplateInstance alerts(Portfolio page);

        static native TemplateInstance account(Portfolio page);

        static native TemplateInstance alert(AlertLine alert);

        static native TemplateInstance outreach(SystemPage page);

        static native TemplateInstance system(SystemPage page);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response portfolio(@QueryParam("stage") @Nullable String stage) {
        return pages.show(() -> Templates.portfolio(portfolio.show(AlertFilter.ALL, stage(stage), Optional.empty())));
    }

    @GET
    @Blocking
    @Path("alerts")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response alerts(
            @QueryParam("account") @Nullable String account,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("after") @Nullable String after) {
        return pages.show(() -> Templates.alerts(
                portfolio.show(AlertFilter.of(account, kind), Optional.empty(), AlertsResource.cursor(after))));
    }

    @GET
    @Blocking
    @Path("accounts/{id}")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response account(@PathParam("id") String id) {
        return pages.show(
                () -> Templates.account(portfolio.show(AlertFilter.of(id, null), Optional.empty(), Optional.empty())));
    }

    @GET
    @Blocking
    @Path("outreach")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response outreach() {
        return pages.show(() -> Templates.outreach(system.show()));
    }

    @GET
    @Blocking
    @Path("system")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response system() {
        return pages.show(() -> Templates.system(system.show()));
    }

    @GET
    @Path("alerts/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> stream(
            @QueryParam("account") @Nullable String account,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("seen") @Nullable String seen,
            @HeaderParam(SseStream.LAST_EVENT_ID) @Nullable String lastEventId,
            @Context Sse sse) {
        if (!pages.isOpen()) {
            throw ProblemException.unauthorized("the page is closed: stagecoach.alerts.console.open is false");
        }
        Optional<String> lastSeen = Optional.ofNullable(lastEventId).or(() -> Optional.ofNullable(seen));
        Multi<StoredAlert> alerts = live.after(lastSeen, AlertFilter.of(account, kind));
        return new SseStream(sse)
                .of(
                        alerts,
                        "alert",
                        alert -> Templates.alert(portfolio.line(alert)).render());
    }

    private static Optional<Stage> stage(@Nullable String name) {
        try {
            return Optional.ofNullable(name).filter(text -> !text.isBlank()).map(Stage::of);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("stage: " + e.getMessage());
        }
    }
}
