package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every service says about itself, also with status 503 when it is not ready. */
@Path("/q/health/ready")
@Produces(MediaType.APPLICATION_JSON)
interface ReadinessApi {
    @GET
    Uni<Response> ready();

    /** MicroProfile Health's answer. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Readiness(String status, List<Check> checks) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Check(String name, String status, @Nullable Map<String, JsonNode> data) {}
}
