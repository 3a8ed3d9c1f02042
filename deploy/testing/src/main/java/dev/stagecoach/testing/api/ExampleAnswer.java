package dev.stagecoach.testing.api;

import java.net.http.HttpHeaders;
import java.util.Locale;

/**
 * What a service answered.
 *
 * @param body of a stream of events, the first of them
 */
record ExampleAnswer(String request, int status, HttpHeaders headers, String body) {
    /** Without parameters such as the character set; empty when there is none. */
    String mediaType() {
        String type = headers.firstValue("Content-Type").orElse("");
        return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    boolean isJson() {
        return mediaType().equals("application/json") || mediaType().endsWith("+json");
    }

    boolean isEvents() {
        return mediaType().equals("text/event-stream");
    }
}
