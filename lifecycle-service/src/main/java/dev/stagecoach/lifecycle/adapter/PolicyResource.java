package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.access.Roles;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.lifecycle.adapter.SqlPolicyVersions.PolicyVersion;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The numbers that decide, and those that once did. */
@Path("/v1/policy")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class PolicyResource {
    private final SqlPolicyVersions versions;

    PolicyResource(SqlPolicyVersions versions) {
        this.versions = versions;
    }

    /**
     * A policy.
     *
     * @param since the last tick before it first came into force; null when that was before the first tick
     * @param policy {@code defaults}, and under {@code segments} the whole rules of those that differ
     */
    public record PolicyView(String version, @Nullable Instant since, boolean inForce, JsonNode policy) {}

    @GET
    public PolicyView inForce() {
        return view(versions.inForce());
    }

    /**
     * A version in short.
     *
     * @param since the last tick before it first came into force; null when that was before the first tick
     */
    public record VersionView(String version, @Nullable Instant since, boolean inForce) {}

    @GET
    @Path("/versions")
    public List<VersionView> all() {
        return versions.all().stream()
                .map(found -> new VersionView(found.version(), found.since(), found.inForce()))
                .toList();
    }

    @GET
    @Path("/versions/{version}")
    public PolicyView version(@RestPath String version) {
        return view(
                versions.find(version)
                        .orElseThrow(
                                () -> ProblemException.notFound(
                                        "there never was a policy " + version
                                                + " here: a decision names its version as reason.policyVersion; GET /v1/policy gives the one in force")));
    }

    private static PolicyView view(PolicyVersion found) {
        try {
            JsonNode policy = EventCodec.json().readTree(found.json());
            return new PolicyView(found.version(), found.since(), found.inForce(), policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored policy cannot be read: " + found.json(), e);
        }
    }
}
