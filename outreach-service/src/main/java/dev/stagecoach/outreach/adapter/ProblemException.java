package dev.stagecoach.outreach.adapter;

import jakarta.ws.rs.WebApplicationException;

/** A request that cannot be answered as asked. */
final class ProblemException extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    private ProblemException(String detail, int status) {
        super(detail, status);
    }

    /**
     * Something in the request is wrong.
     *
     * @param detail names the parameter, its value and what was expected
     */
    static ProblemException badRequest(String detail) {
        return new ProblemException(detail, 400);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(detail, 404);
    }

    /** Nobody may do that, with whatever token. */
    static ProblemException forbidden(String detail) {
        return new ProblemException(detail, 403);
    }

    /** Another server did not do its part. */
    static ProblemException badGateway(String detail) {
        return new ProblemException(detail, 502);
    }

    /** What was asked does not fit the state of things. */
    static ProblemException conflict(String detail) {
        return new ProblemException(detail, 409);
    }
}
