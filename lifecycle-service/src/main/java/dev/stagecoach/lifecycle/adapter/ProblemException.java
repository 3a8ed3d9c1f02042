package dev.stagecoach.lifecycle.adapter;

import java.util.List;

/** A request that cannot be done as asked. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(int status, String detail, List<String> errors) {
        super(detail);
        problem = Problem.of(status, detail, errors);
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(400, detail, List.of());
    }

    /** Well-formed, but not to be done as it is. */
    static ProblemException unprocessable(String detail) {
        return new ProblemException(Problem.UNPROCESSABLE, detail, List.of(detail));
    }

    static ProblemException noSuchAccount(String account) {
        return new ProblemException(
                404, "there is no account " + account + ": create it with PUT /v1/accounts/" + account, List.of());
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(404, detail, List.of());
    }

    Problem problem() {
        return problem;
    }
}
