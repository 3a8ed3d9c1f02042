package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.access.Roles;
import dev.stagecoach.lifecycle.adapter.SqlLastPings.Counts;
import dev.stagecoach.lifecycle.adapter.SqlLastPings.LastPing;
import dev.stagecoach.lifecycle.adapter.SqlLastPings.Place;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which instances there are, and when each pinged last. */
@Path("/v1/instances")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class InstancesResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 500;
    private static final String SEPARATOR = "\n";

    private final SqlLastPings pings;

    InstancesResource(SqlLastPings pings) {
        this.pings = pings;
    }

    /**
     * A page of instances.
     *
     * @param counts of all of them; on the first page
     * @param next the {@code after} of the following page; null on the last
     */
    public record InstancePage(
            @Nullable Counts counts,
            List<LastPing> instances,
            @Nullable String next) {}

    @GET
    public InstancePage list(
            @RestQuery @Nullable String account, @RestQuery @Nullable String after, @RestQuery @Nullable String limit) {
        int most = limit(limit);
        List<LastPing> found = pings.page(account, after == null ? Place.START : place(after), most + 1);
        List<LastPing> page = found.subList(0, Math.min(most, found.size()));
        return new InstancePage(
                after == null ? pings.counts(account) : null,
                page,
                found.size() > most ? cursor(page.get(most - 1)) : null);
    }

    private static String cursor(LastPing last) {
        String place = (last.lastPingAt() == null ? "" : last.lastPingAt())
                + SEPARATOR
                + last.account()
                + SEPARATOR
                + last.instance();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static Place place(String cursor) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, 3);
            if (parts.length == 3) {
                return new Place(parts[0].isEmpty() ? null : Instant.parse(parts[0]), parts[1], parts[2]);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Said below.
        }
        throw ProblemException.badRequest("after: " + cursor + " (expected: next of the page before)");
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            return DEFAULT_LIMIT;
        }
        int limit = given.matches("[0-9]{1,9}") ? Integer.parseInt(given) : 0;
        if (limit < 1 || limit > MOST) {
            throw ProblemException.badRequest("limit: " + given + " (expected: 1 to " + MOST + ")");
        }
        return limit;
    }
}
