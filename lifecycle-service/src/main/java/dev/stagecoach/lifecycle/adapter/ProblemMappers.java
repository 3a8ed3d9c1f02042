package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.access.Outage;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every error as problem+json. */
class ProblemMappers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response refused(ProblemException e) {
        return e.problem().toResponse().build();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e) {
        return Problem.of(404, "there is nothing at this address; /q/openapi lists what there is")
                .toResponse()
                .build();
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        Response.ResponseBuilder response =
                Problem.of(status, String.valueOf(e.getMessage())).toResponse();
        Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    Response failed(Exception e) {
        if (Outage.isCauseOf(e)) {
            LOG.warn("a request failed because the database is away: {}", e.toString());
            return Problem.of(
                            Problem.UNAVAILABLE,
                            "the database cannot be reached or has too much to do: ask again in some seconds. What was told is kept whole or not at"
                                    + " all, and may be told again")
                    .toResponse()
                    .build();
        }
        LOG.error("a request failed", e);
        return Problem.of(
                        500, "the reason is in the log of lifecycle-service; what was told is kept whole or not at all")
                .toResponse()
                .build();
    }
}
