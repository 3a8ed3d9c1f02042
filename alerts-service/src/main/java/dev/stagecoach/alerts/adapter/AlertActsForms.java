package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import dev.stagecoach.alerts.act.Act;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What people do with alerts on a page, by forms that need no script. Each leads back to where it was sent from. */
@Path("/alerts")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed(Roles.SUCCESS)
class AlertActsForms {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_COMMENT = 4_000;
    private static final int MOST_DAYS = 365;
    private static final String ALERTS = "/alerts";

    private final SignedIn signedIn;
    private final JdbcAlertActs acts;

    AlertActsForms(SignedIn signedIn, JdbcAlertActs acts) {
        this.signedIn = signedIn;
        this.acts = acts;
    }

    @POST
    @Blocking
    @Path("{id}/acknowledge")
    @Operation(hidden = true)
    public Response acknowledge(
            @PathParam("id") String id,
            @FormParam("comment") @Nullable String comment,
            @HeaderParam("Referer") @Nullable String from) {
        return act(id, new Act.Acknowledge(signedIn.name(), comment(comment)), from);
    }

    @POST
    @Blocking
    @Path("{id}/snooze")
    @Operation(hidden = true)
    public Response snooze(
            @PathParam("id") String id,
            @FormParam("days") @Nullable String days,
            @FormParam("comment") @Nullable String comment,
            @HeaderParam("Referer") @Nullable String from) {
        return act(id, new Act.Snooze(signedIn.name(), acts.now().plus(days(days)), comment(comment)), from);
    }

    @POST
    @Blocking
    @Path("{id}/assign")
    @Operation(hidden = true)
    public Response assign(
            @PathParam("id") String id,
            @FormParam("assignee") @Nullable String assignee,
            @FormParam("comment") @Nullable String comment,
            @HeaderParam("Referer") @Nullable String from) {
        return act(
                id, new Act.Assign(signedIn.name(), text("assignee", assignee, LONGEST_NAME), comment(comment)), from);
    }

    @POST
    @Blocking
    @Path("{id}/comments")
    @Operation(hidden = true)
    public Response comment(
            @PathParam("id") String id,
            @FormParam("comment") @Nullable String comment,
            @HeaderParam("Referer") @Nullable String from) {
        String said = comment(comment);
        if (said == null) {
            throw ProblemException.badRequest("comment: missing (expected: what there is to say)");
        }
        return act(id, new Act.Comment(signedIn.name(), said), from);
    }

    @POST
    @Blocking
    @Path("{id}/reopen")
    @Operation(hidden = true)
    public Response reopen(
            @PathParam("id") String id,
            @FormParam("comment") @Nullable String comment,
            @HeaderParam("Referer") @Nullable String from) {
        return act(id, new Act.Reopen(signedIn.name(), comment(comment)), from);
    }

    private Response act(String id, Act act, @Nullable String from) {
        if (acts.act(id, act).isEmpty()) {
            throw ProblemException.notFound("there is no alert with the id " + id);
        }
        return PageLink.seeOther(back(from) + "#alert-" + id);
    }

    /** The page that the form is on, whatever host the browser says it is of: the answer leads nowhere else. */
    static String back(@Nullable String from) {
        return Optional.ofNullable(from).flatMap(AlertActsForms::address).orElse(ALERTS);
    }

    private static Optional<String> address(String from) {
        try {
            URI uri = URI.create(from);
            String path = uri.getRawPath();
            if (path == null || !path.startsWith("/") || path.startsWith("//")) {
                return Optional.empty();
            }
            return Optional.of(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String comment(@Nullable String given) {
        return text("comment", given, LONGEST_COMMENT);
    }

    private static @Nullable String text(String name, @Nullable String given, int longest) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String text = given.strip();
        if (text.length() > longest) {
            throw ProblemException.badRequest(
                    name + ": " + text.length() + " characters (expected: up to " + longest + ")");
        }
        return text;
    }

    private static Duration days(@Nullable String given) {
        try {
            int days = Integer.parseInt(String.valueOf(given));
            if (days >= 1 && days <= MOST_DAYS) {
                return Duration.ofDays(days);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ProblemException.badRequest("days: " + given + " (expected: a whole number from 1 to " + MOST_DAYS + ")");
    }
}
