package dev.stagecoach.alerts.adapter;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** An error as RFC 9457 describes it. */
public record Problem(String type, String title, int status, String detail) {
    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    static Problem of(int status, String detail) {
        Status known = Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail);
    }

    Response.ResponseBuilder toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this);
    }
}
