package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.Outage;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every error as problem+json. */
class ProblemMappers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response notFound(NotFoundException e) {
        return Problem.of(404, "there is nothing at this address").toResponse().build();
    }

    @ServerExceptionMapper
    public Response refused(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        Response.ResponseBuilder response =
                Problem.of(status, String.valueOf(e.getMessage())).toResponse();
        Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    public Response failed(Exception e) {
        if (isOfNulCharacters(e)) {
            return Problem.of(400, "a text has a character with the number 0 in it (expected: text that can be read)")
                    .toResponse()
                    .build();
        }
        if (Outage.isCauseOf(e)) {
            LOG.warn("a request failed because the database is away: {}", e.toString());
            return Problem.of(503, Outage.DETAIL)
                    .toResponse()
                    .header(HttpHeaders.RETRY_AFTER, Outage.RETRY_SECONDS)
                    .build();
        }
        LOG.error("a request failed", e);
        return Problem.of(500, "the reason is in the log of alerts-service")
                .toResponse()
                .build();
    }

    /** The one character that text has and PostgreSQL does not. */
    private static boolean isOfNulCharacters(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && "22021".equals(refused.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
