package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.HealthChanged;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** What lifecycle-service answers to the console: its README and {@code /q/openapi} say more. */
@Path("/v1")
@RegisterRestClient(configKey = "lifecycle-service")
@RegisterProvider(PeerAuthorization.class)
@Produces(MediaType.APPLICATION_JSON)
interface LifecycleApi {
    @ClientExceptionMapper
    static @Nullable RuntimeException refused(Response response) {
        return PeerRefusedException.of(response);
    }

    @GET
    @Path("/instances")
    Uni<Instances> instances(@QueryParam("after") @Nullable String after, @QueryParam("limit") int limit);

    @GET
    @Path("/policy/versions")
    Uni<List<PolicyVersion>> policyVersions();

    @GET
    @Path("/accounts/{account}/health")
    Uni<Health> health(@PathParam("account") String account);

    /**
     * Health as of the last look.
     *
     * @param asOf the day of the look that last changed anything
     */
    record Health(
            String level,
            @Nullable Double score,
            @Nullable LocalDate asOf,
            List<HealthChanged.HealthCategory> categories,
            @Nullable Trend trend) {}

    /** In points of the score. */
    record Trend(@Nullable Double last30Days) {}

    record Instances(
            @Nullable Counts counts,
            List<Instance> instances,
            @Nullable String next) {}

    record Counts(long instances, long silent, long neverPinged) {}

    record Instance(
            String account,
            String name,
            @Nullable String stage,
            String instance,
            boolean production,
            @Nullable String version,
            @Nullable Instant firstPingAt,
            @Nullable Instant lastPingAt,
            boolean silent) {}

    record PolicyVersion(String version, @Nullable Instant since, boolean inForce) {}
}
