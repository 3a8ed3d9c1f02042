package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.access.Outage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An error as RFC 9457 describes it.
 *
 * @param detail what happened, what was kept and what to do
 * @param errors the single mistakes, where there can be several
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<String> errors) {
    private static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    /** Well-formed, but not to be done as it is. */
    static final int UNPROCESSABLE = 422;

    /** What comes later without anyone's doing: each answer says when to ask again. */
    static final int UNAVAILABLE = 503;

    static Problem of(int status, String detail) {
        return of(status, detail, List.of());
    }

    static Problem of(int status, String detail, List<String> errors) {
        return new Problem("about:blank", title(status), status, detail, errors);
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        if (known != null) {
            return known.getReasonPhrase();
        }
        return status == UNPROCESSABLE ? "Unprocessable Content" : "Error";
    }

    Response.ResponseBuilder toResponse() {
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(this);
        return status == UNAVAILABLE ? response.header(HttpHeaders.RETRY_AFTER, Outage.RETRY_SECONDS) : response;
    }
}
