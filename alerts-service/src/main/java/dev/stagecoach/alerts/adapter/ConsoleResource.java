package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
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

/** The team's page. */
@Path("/")
class ConsoleResource {
    /** Everything comes from here, and nothing in a page can run or load anything else. */
    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final AlertsSettings settings;
    private final JpaPortfolio portfolio;
    private final LiveAlerts live;

    ConsoleResource(AlertsSettings settings, JpaPortfolio portfolio, LiveAlerts live) {
        this.settings = settings;
        this.portfolio = portfolio;
        this.live = live;
    }

    /** The page and its parts. */
    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance portfolio(Portfolio page);

        static native TemplateInstance alert(AlertLine alert);

        static native TemplateInstance closed();
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response portfolio(
            @QueryParam("account") @Nullable String account,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("stage") @Nullable String stage,
            @QueryParam("after") @Nullable String after) {
        if (!isOpen()) {
            return html(Response.status(401), Templates.closed());
        }
        Portfolio page = portfolio.show(AlertFilter.of(account, kind), stage(stage), AlertsResource.cursor(after));
        return html(Response.ok(), Templates.portfolio(page));
    }

    @GET
    @Blocking
    @Path("accounts/{id}")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response account(@PathParam("id") String id) {
        return portfolio(id, null, null, null);
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
        if (!isOpen()) {
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

    private boolean isOpen() {
        return settings.alerts().console().open();
    }

    private static Optional<Stage> stage(@Nullable String name) {
        try {
            return Optional.ofNullable(name).filter(text -> !text.isBlank()).map(Stage::of);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("stage: " + e.getMessage());
        }
    }

    private static Response html(Response.ResponseBuilder response, TemplateInstance page) {
        return response.entity(page.render())
                .type("text/html; charset=utf-8")
                .header("Content-Security-Policy", CONTENT_SECURITY)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
