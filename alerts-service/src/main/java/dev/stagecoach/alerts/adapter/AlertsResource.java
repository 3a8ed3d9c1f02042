package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.access.Caller;
import dev.stagecoach.access.Roles;
import dev.stagecoach.alerts.act.Act;
import dev.stagecoach.events.EventCodec;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alert feed for programs. */
@Path("/v1/alerts")
@RolesAllowed(Roles.VIEWER)
class AlertsResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 500;

    private final JpaAlertLog log;
    private final LiveAlerts live;
    private final LiveActs liveActs;
    private final JdbcAlertActs acts;
    private final Caller caller;

    AlertsResource(JpaAlertLog log, LiveAlerts live, LiveActs liveActs, JdbcAlertActs acts, Caller caller) {
        this.log = log;
        this.live = live;
        this.liveActs = liveActs;
        this.acts = acts;
        this.caller = caller;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    public AlertPage list(
            @QueryParam("account") @Nullable String account,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("state") @Nullable String state,
            @QueryParam("assignee") @Nullable String assignee,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int most = limit(limit);
        // One more than asked for tells whether there is a next page.
        List<StoredAlert> found = log.newest(AlertFilter.of(account, kind, state, assignee), cursor(after), most + 1);
        if (found.size() <= most) {
            return new AlertPage(found, null);
        }
        StoredAlert last = found.get(most - 1);
        return new AlertPage(found.subList(0, most), new Cursor(last.at(), last.id()).text());
    }

    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> stream(
            @QueryParam("account") @Nullable String account,
            @QueryParam("kind") @Nullable String kind,
            @HeaderParam(SseStream.LAST_EVENT_ID) @Nullable String lastEventId,
            @Context Sse sse) {
        AlertFilter filter = AlertFilter.of(account, kind);
        Multi<StoredAlert> alerts = live.after(Optional.ofNullable(lastEventId), filter);
        return new SseStream(sse, caller.until()).of(alerts, liveActs.of(filter), AlertsResource::json);
    }

    @GET
    @Path("/{id}")
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    public HandledAlert show(@PathParam("id") String id) {
        return handled(id);
    }

    @POST
    @Path("/{id}/acknowledge")
    @RolesAllowed(Roles.SUCCESS)
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public HandledAlert acknowledge(@PathParam("id") String id, byte[] body) {
        ActBody said = ActBody.parse(body, "author", "comment");
        return acted(id, new Act.Acknowledge(author(said), said.commentIfAny()));
    }

    @POST
    @Path("/{id}/snooze")
    @RolesAllowed(Roles.SUCCESS)
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public HandledAlert snooze(@PathParam("id") String id, byte[] body) {
        ActBody said = ActBody.parse(body, "author", "until", "comment");
        return acted(id, new Act.Snooze(author(said), said.until(), said.commentIfAny()));
    }

    @POST
    @Path("/{id}/assign")
    @RolesAllowed(Roles.SUCCESS)
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public HandledAlert assign(@PathParam("id") String id, byte[] body) {
        ActBody said = ActBody.parse(body, "author", "assignee", "comment");
        return acted(id, new Act.Assign(author(said), said.assignee(), said.commentIfAny()));
    }

    @POST
    @Path("/{id}/comments")
    @RolesAllowed(Roles.SUCCESS)
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public HandledAlert comment(@PathParam("id") String id, byte[] body) {
        ActBody said = ActBody.parse(body, "author", "comment");
        return acted(id, new Act.Comment(author(said), said.comment()));
    }

    @POST
    @Path("/{id}/reopen")
    @RolesAllowed(Roles.SUCCESS)
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public HandledAlert reopen(@PathParam("id") String id, byte[] body) {
        ActBody said = ActBody.parse(body, "author", "comment");
        return acted(id, new Act.Reopen(author(said), said.commentIfAny()));
    }

    /** People act in their own name, which they need not say. */
    private String author(ActBody said) {
        String author = caller.actsAs("author", said.authorIfAny());
        return author == null ? said.author() : author;
    }

    private HandledAlert acted(String id, Act act) {
        try {
            acts.act(id, act);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
        return handled(id);
    }

    private HandledAlert handled(String id) {
        StoredAlert alert =
                log.alert(id).orElseThrow(() -> ProblemException.notFound("there is no alert with the id " + id));
        return new HandledAlert(alert, acts.history(id));
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
