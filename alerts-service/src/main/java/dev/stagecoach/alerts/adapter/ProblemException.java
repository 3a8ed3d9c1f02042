package dev.stagecoach.alerts.adapter;

import jakarta.ws.rs.WebApplicationException;

/** A request that cannot be answered as asked. */
final class ProblemException extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    private ProblemException(String detail, int status) {
        super(detail, status);
    }

    /** @param detail names the parameter, its value and what was expected */
    static ProblemException badRequest(String detail) {
        return new ProblemException(detail, 400);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(detail, 404);
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(detail, 409);
    }
}
