package dev.stagecoach.service;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses, with 400, paths that may mean one thing here and another to somebody else who looks at them, so that no spelling leads around what
 * is closed. A semicolon and what follows it in a segment is no part of the path for who finds the resource, and is one for who says who
 * may ask. An escaped slash or dot below {@code /q} is plain text here, and a step in the path to a proxy, which would let
 * {@code /q/metrics/..%2f..%2fv1/} through as {@code /v1/}.
 */
@Singleton
final class OneSpelling {
    /** Before anybody looks who asks. */
    private static final int FIRST = 1_000;

    private static final int BAD_REQUEST = 400;
    private static final String SEMICOLON =
            "a semicolon stands in the path: write it as %3B where it is part of a name";
    private static final String ESCAPE = "the path has an escape: nothing below /q has one in its name";

    void register(@Observes Filters filters) {
        filters.register(OneSpelling::lookAt, FIRST);
    }

    static void lookAt(RoutingContext call) {
        String path = call.normalizedPath();
        if (path.indexOf(';') >= 0) {
            refuse(call, SEMICOLON);
        } else if (path.startsWith("/q/") && path.indexOf('%') >= 0) {
            refuse(call, ESCAPE);
        } else {
            call.next();
        }
    }

    private static void refuse(RoutingContext call, String why) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", "Bad Request")
                .put("status", BAD_REQUEST)
                .put("detail", why);
        call.response()
                .setStatusCode(BAD_REQUEST)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(problem.toBuffer());
    }
}
