package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.access.Caller;
import dev.stagecoach.access.Roles;
import dev.stagecoach.outreach.Verdict;
import dev.stagecoach.outreach.Verdicts;
import dev.stagecoach.outreach.delivery.DeliveryState;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger: answers "why did she not get it". */
@Path("/v1/messages")
@RolesAllowed(Roles.VIEWER)
class MessagesResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 500;
    private static final String SEPARATOR = "~";

    private final MessageStories stories;
    private final Verdicts verdicts;
    private final Caller caller;

    MessagesResource(MessageStories stories, Verdicts verdicts, Caller caller) {
        this.stories = stories;
        this.verdicts = verdicts;
        this.caller = caller;
    }

    /**
     * A page of the ledger.
     *
     * @param next what to ask for to get the following page; absent on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Message> messages, @Nullable String next) {}

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    public Page list(
            @QueryParam("account") @Nullable String account,
            @QueryParam("contact") @Nullable String contact,
            @QueryParam("campaign") @Nullable String campaign,
            @QueryParam("state") @Nullable String state,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int most = limit(limit);
        // One more than asked for tells whether there is a next page.
        List<DeliveryRow> found = query(account, contact, campaign, state, reason, after)
                .range(0, most)
                .list();
        List<Message> messages = found.stream().limit(most).map(Message::of).toList();
        return found.size() <= most ? new Page(messages, null) : new Page(messages, cursor(found.get(most - 1)));
    }

    @GET
    @Blocking
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public MessageStories.Story story(@PathParam("id") String id) {
        return stories.of(id).orElseThrow(() -> ProblemException.notFound("message: " + id + " is not known here"));
    }

    /**
     * What a person knows about an unknown mail.
     *
     * @param as {@code sent}, {@code send-again} or {@code not-sent}
     */
    record Resolution(
            @Nullable String as,
            @Nullable String by,
            @Nullable String reason) {}

    @POST
    @Blocking
    @Path("/{id}/resolve")
    @RolesAllowed(Roles.SUCCESS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public MessageStories.Story resolve(@PathParam("id") String id, @Nullable Resolution resolution) {
        Verdict verdict = verdict(resolution == null ? new Resolution(null, null, null) : resolution);
        try {
            DeliveryState before = verdicts.resolve(id, verdict);
            if (before != DeliveryState.UNKNOWN) {
                throw ProblemException.conflict(
                        "message: " + id + " is " + before.wireName() + " (expected: unknown); nothing was changed");
            }
            return story(id);
        } catch (Verdicts.UnknownDelivery e) {
            throw ProblemException.notFound(String.valueOf(e.getMessage()));
        }
    }

    private Verdict verdict(Resolution resolution) {
        try {
            Verdict.Kind kind = switch (resolution.as() == null ? "" : resolution.as()) {
                case "sent" -> Verdict.Kind.SENT;
                case "send-again" -> Verdict.Kind.SEND_AGAIN;
                case "not-sent" -> Verdict.Kind.NOT_SENT;
                default ->
                    throw new IllegalArgumentException(
                            "as: " + resolution.as() + " (expected: sent, send-again or not-sent)");
            };
            return Verdict.of(kind, caller.actsAs("by", resolution.by()), resolution.reason());
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static PanacheQuery<DeliveryRow> query(
            @Nullable String account,
            @Nullable String contact,
            @Nullable String campaign,
            @Nullable String state,
            @Nullable String reason,
            @Nullable String after) {
        List<String> clauses = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        if (account != null) {
            clauses.add("account = :account");
            parameters.put("account", account);
        }
        if (contact != null) {
            clauses.add("contact = :contact");
            parameters.put("contact", contact);
        }
        if (campaign != null) {
            clauses.add("campaign = :campaign");
            parameters.put("campaign", campaign);
        }
        if (state != null) {
            clauses.add("state = :state");
            parameters.put("state", stateOf(state));
        }
        if (reason != null) {
            clauses.add("reason = :reason");
            parameters.put("reason", reason);
        }
        if (after != null) {
            String[] position = after.split(SEPARATOR, 2);
            clauses.add("(decidedAt < :at or (decidedAt = :at and id > :id))");
            parameters.put("at", instant(position[0]));
            parameters.put("id", position.length == 2 ? position[1] : "");
        }
        String where = clauses.isEmpty() ? "" : "where " + String.join(" and ", clauses) + " ";
        return DeliveryRow.find(where + "order by decidedAt desc, id", parameters);
    }

    private static String cursor(DeliveryRow last) {
        return last.decidedAt + SEPARATOR + last.id;
    }

    private static String stateOf(String text) {
        try {
            return DeliveryState.of(text).wireName();
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("state: " + text + " (expected: " + states() + ")");
        }
    }

    private static String states() {
        return Arrays.stream(DeliveryState.values())
                .map(DeliveryState::wireName)
                .collect(Collectors.joining(", "));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.badRequest("after: " + text + " (expected: `next` of the page before)");
        }
    }

    private static int limit(@Nullable String text) {
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
        throw ProblemException.badRequest("limit: " + text + " (expected: 1 to " + MOST + ")");
    }
}
