package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Roles;
import dev.stagecoach.alerts.webhook.Endpoint;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Webhooks: how they stand, what was sent, and sending again. */
@Path("/v1/webhooks")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
class WebhooksResource {
    private static final int MOST = 100;
    private static final List<String> STATES = List.of("waiting", "sent", "failed");

    private final JdbcWebhooks webhooks;

    WebhooksResource(JdbcWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GET
    public List<StoredWebhook> list() {
        return webhooks.all();
    }

    @GET
    @Path("{name}/deliveries")
    public StoredDelivery.Page deliveries(
            @PathParam("name") String name,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after) {
        List<StoredDelivery> found = webhooks.deliveries(endpoint(name), after(after), state(state), MOST + 1);
        return found.size() <= MOST
                ? new StoredDelivery.Page(found, null)
                : new StoredDelivery.Page(
                        found.subList(0, MOST), found.get(MOST - 1).id());
    }

    @POST
    @Path("{name}/deliveries/{id}/resend")
    public Response resend(@PathParam("name") String name, @PathParam("id") String id) {
        Endpoint endpoint = open(name);
        if (!webhooks.again(endpoint, number(id))) {
            throw ProblemException.notFound("id: " + id + " (expected: the id of a delivery of " + name + ")");
        }
        return accepted(id);
    }

    @POST
    @Path("{name}/test")
    public Response test(@PathParam("name") String name) {
        return accepted(Long.toString(webhooks.test(open(name))));
    }

    @POST
    @Path("{name}/resume")
    public Response resume(@PathParam("name") String name) {
        webhooks.resume(endpoint(name));
        return Response.noContent().build();
    }

    private static Response accepted(String delivery) {
        return Response.accepted(Map.of("delivery", Long.parseLong(delivery))).build();
    }

    private Endpoint endpoint(String name) {
        return webhooks.byName(name)
                .orElseThrow(() -> ProblemException.notFound("there is no webhook " + name + ": GET /v1/webhooks"));
    }

    private Endpoint open(String name) {
        Endpoint endpoint = endpoint(name);
        if (!webhooks.isOpen(endpoint)) {
            throw ProblemException.conflict(
                    name + " is parked: set it right, then POST /v1/webhooks/" + name + "/resume");
        }
        return endpoint;
    }

    private static @Nullable String state(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!STATES.contains(text)) {
            throw ProblemException.badRequest(
                    "state: " + text + " (expected one of: " + String.join(", ", STATES) + ")");
        }
        return text;
    }

    private static long after(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest("after: " + text + " (expected: the value of next of the page before)");
        }
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest("id: " + id + " (expected: a whole number)");
        }
    }
}
