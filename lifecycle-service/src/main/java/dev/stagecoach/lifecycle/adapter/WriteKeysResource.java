package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.access.Caller;
import dev.stagecoach.access.Roles;
import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.lifecycle.adapter.JpaWriteKeys.Issued;
import dev.stagecoach.lifecycle.adapter.JpaWriteKeys.Person;
import dev.stagecoach.lifecycle.key.WriteKey;
import dev.stagecoach.lifecycle.key.WriteKeyChange;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The keys with which usage may be sent. The text of a key is in the answer that hands it out, and nowhere else. */
@Path("/v1/write-keys")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
class WriteKeysResource {
    private static final int MOST_KEYS = 500;
    private static final int MOST_ACCOUNTS = 1_000;
    private static final int MOST_EVENTS_PER_SECOND = 1_000_000;
    private static final int LONGEST_NAME = 200;
    private static final int USUAL_GRACE_HOURS = 24;
    private static final int LONGEST_GRACE_HOURS = 720;

    private final JpaWriteKeys keys;
    private final Caller caller;

    WriteKeysResource(JpaWriteKeys keys, Caller caller) {
        this.keys = keys;
        this.caller = caller;
    }

    public record NewWriteKey(
            @Nullable String author,
            @Nullable String name,
            @Nullable WriteKeyScope scope,
            @Nullable Integer eventsPerSecond,
            @Nullable String note) {}

    /** {@code graceHours} is a day when not given. */
    public record WriteKeyRotation(
            @Nullable String author,
            @Nullable Integer graceHours,
            @Nullable String note) {}

    /**
     * A key without what makes it secret.
     *
     * @param olderGoodUntil when the last of the texts before the newest ends or has ended; null when there is none
     */
    public record WriteKeyView(
            String id,
            String name,
            WriteKeyScope scope,
            @Nullable Integer eventsPerSecond,
            @Nullable Instant olderGoodUntil,
            @Nullable Instant revokedAt,
            List<WriteKeyChange> changes) {
        static WriteKeyView of(WriteKey key) {
            WriteKeyFacts facts = key.facts();
            return new WriteKeyView(
                    facts.id(),
                    facts.name(),
                    facts.scope(),
                    facts.eventsPerSecond(),
                    key.olderGoodUntil().orElse(null),
                    facts.revokedAt(),
                    key.changes());
        }
    }

    /** A key with its text, this once. */
    public record IssuedWriteKey(String writeKey, WriteKeyView details) {}

    /** A page of keys; {@code next} is the {@code after} of the following page, null on the last. */
    public record WriteKeyPage(
            List<WriteKeyView> keys, @Nullable String next) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(byte[] body) {
        NewWriteKey told = AccountBody.read(AccountBody.signed(body, caller), NewWriteKey.class);
        Person person = person(told.author(), told.note());
        String name = AccountBody.notLonger("name", AccountBody.text("name", told.name()), LONGEST_NAME);
        WriteKeyScope scope = scope(told.scope());
        Integer eventsPerSecond = told.eventsPerSecond();
        if (eventsPerSecond != null) {
            within("eventsPerSecond", eventsPerSecond, 1, MOST_EVENTS_PER_SECOND);
        }
        return handedOut(keys.create(name, scope, eventsPerSecond, person));
    }

    @GET
    public WriteKeyPage list(@RestQuery @Nullable String after, @RestQuery @Nullable String limit) {
        int most = limit == null ? 100 : limitOf(limit);
        List<WriteKey> found = keys.page(after == null ? "" : after, most + 1);
        List<WriteKeyView> page =
                found.stream().limit(most).map(WriteKeyView::of).toList();
        return new WriteKeyPage(page, found.size() > most ? page.get(most - 1).id() : null);
    }

    @GET
    @Path("/{id}")
    public WriteKeyView get(@RestPath String id) {
        return WriteKeyView.of(keys.find(id));
    }

    @POST
    @Path("/{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rotate(@RestPath String id, byte[] body) {
        WriteKeyRotation told = AccountBody.read(AccountBody.signed(body, caller), WriteKeyRotation.class);
        Person person = person(told.author(), told.note());
        int hours = told.graceHours() == null ? USUAL_GRACE_HOURS : told.graceHours();
        within("graceHours", hours, 0, LONGEST_GRACE_HOURS);
        return handedOut(keys.rotate(id, Duration.ofHours(hours), person));
    }

    @DELETE
    @Path("/{id}")
    public WriteKeyView revoke(
            @RestPath String id, @RestQuery @Nullable String author, @RestQuery @Nullable String note) {
        return WriteKeyView.of(keys.revoke(id, person(caller.actsAs("author", author), note)));
    }

    private static Person person(@Nullable String author, @Nullable String note) {
        return new Person(AccountBody.author(author), AccountBody.note(note));
    }

    private static WriteKeyScope scope(@Nullable WriteKeyScope scope) {
        if (scope == null) {
            throw ProblemException.badRequest(
                    "scope: missing (expected: {\"accounts\": […]}, or {\"product\": \"…\"})");
        }
        List<String> accounts = scope.accounts();
        if (accounts == null) {
            return scope;
        }
        if (accounts.size() > MOST_ACCOUNTS) {
            throw ProblemException.unprocessable("scope.accounts: " + accounts.size() + " accounts (expected: at most "
                    + MOST_ACCOUNTS + "; or a product)");
        }
        return WriteKeyScope.of(accounts.stream().distinct().toList());
    }

    private static void within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw ProblemException.unprocessable(field + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    private static int limitOf(String limit) {
        int most = limit.matches("[0-9]{1,9}") ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > MOST_KEYS) {
            throw ProblemException.badRequest("limit: " + limit + " (expected: 1 to " + MOST_KEYS + ")");
        }
        return most;
    }

    private static Response handedOut(Issued issued) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new IssuedWriteKey(issued.text().text(), WriteKeyView.of(issued.key())))
                .build();
    }
}
