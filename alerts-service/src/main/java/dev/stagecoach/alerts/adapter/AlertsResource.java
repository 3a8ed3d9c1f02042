package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.EventCodec;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The alert feed for programs. */
@Path("/v1/alerts")
@Tag(name = "Alerts")
class AlertsResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 500;

    private final JpaAlertLog log;
    private final LiveAlerts live;

    AlertsResource(JpaAlertLog log, LiveAlerts live) {
        this.log = log;
        this.live = live;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Alerts, newest first")
    public AlertPage list(
            @Parameter(description = "Only of this account") @QueryParam("account") @Nullable String account,
            @Parameter(description = "Only of this kind", example = "stage-changed") @QueryParam("kind") @Nullable String kind,
            @Parameter(description = "`next` of the page before") @QueryParam("after") @Nullable String after,
            @Parameter(description = "1 to 500; 50 when not given") @QueryParam("limit") @Nullable String limit) {
        int most = limit(limit);
        // One more than asked for tells whether there is a next page.
        List<StoredAlert> found = log.newest(AlertFilter.of(account, kind), cursor(after), most + 1);
        if (found.size() <= most) {
            return new AlertPage(found, null);
        }
        StoredAlert last = found.get(most - 1);
        return new AlertPage(found.subList(0, most), new Cursor(last.at(), last.id()).text());
    }

    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Alerts as they come",
            description =
                    "Server-sent events whose id is the alert's. With Last-Event-ID, those recorded since come first;"
                            + " a few may repeat, which their ids tell.")
    public Multi<OutboundSseEvent> stream(
            @QueryParam("account") @Nullable String account,
            @QueryParam("kind") @Nullable String kind,
            @HeaderParam(SseStream.LAST_EVENT_ID) @Nullable String lastEventId,
            @Context Sse sse) {
        Multi<StoredAlert> alerts = live.after(Optional.ofNullable(lastEventId), AlertFilter.of(account, kind));
        return new SseStream(sse).of(alerts, "alert", AlertsResource::json);
    }

    private static String json(StoredAlert alert) {
        try {
            return EventCodec.json().writeValueAsString(alert);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("alert " + alert.id() + " is no JSON", e);
        }
    }

    static int limit(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text.strip());
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ProblemException.badRequest("limit: " + text + " (expected: a whole number from 1 to " + MOST + ")");
    }

    static Optional<Cursor> cursor(@Nullable String text) {
        try {
            return Optional.ofNullable(text).filter(given -> !given.isBlank()).map(Cursor::of);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("after: " + text + " (expected: the value of next of the page before)");
        }
    }
}
