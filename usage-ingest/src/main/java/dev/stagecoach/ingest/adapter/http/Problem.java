package dev.stagecoach.ingest.adapter.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;

/** An error as RFC 9457 describes it. Without a type of its own, the status says which kind of problem it is. */
record Problem(String type, String title, int status, String detail) {
    private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized("application/problem+json");

    static Reply answer(int status, String detail) {
        return answer(status, detail, Map.of());
    }

    static Reply answer(int status, String detail, Map<String, String> headers) {
        Problem problem = new Problem("about:blank", titleOf(status), status, detail);
        return new Reply(status, MEDIA_TYPE, headers, problem);
    }

    private static String titleOf(int status) {
        // The name of 422 in RFC 9110; Netty has an older one.
        return status == 422
                ? "Unprocessable Content"
                : HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
