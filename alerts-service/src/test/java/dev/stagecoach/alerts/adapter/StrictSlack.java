package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * A real HTTP server that keeps a rate as Slack does, one message in a time to a place, and its limits on blocks: incoming webhooks and
 * {@code chat.postMessage}. A request before its time is answered 429 and starts the wait anew.
 */
final class StrictSlack implements AutoCloseable {
    private static final int MOST_BLOCKS = 50;
    private static final int MOST_TEXT = 3_000;
    private static final int MOST_OF_ALL = 11_000;

    /** What came, and what was answered. */
    record Post(String place, JsonNode body, String authorization, int status, String answer, long atNanos) {
        String text() {
            return body.path("text").asText();
        }
    }

    private final HttpServer server;
    private final Duration spacing;
    private final List<Post> posts = new ArrayList<>();
    private final Map<String, Long> free = new HashMap<>();
    private final Queue<String> errors = new ArrayDeque<>();
    private int messages;

    StrictSlack(Duration spacing) {
        this.spacing = spacing;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.start();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Others have just posted there: nothing is taken for this long. */
    synchronized void busyFor(String place, Duration time) {
        free.put(place, System.nanoTime() + time.toNanos());
    }

    /** The next calls of the Web API fail with these. */
    synchronized void failWith(String... someErrors) {
        errors.addAll(List.of(someErrors));
    }

    synchronized List<Post> all() {
        return List.copyOf(posts);
    }

    List<Post> accepted() {
        return all().stream()
                .filter(post -> post.status() == 200 && !post.answer().contains("\"ok\":false"))
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode body = EventCodec.json().readTree(exchange.getRequestBody());
        boolean api = path.endsWith("/chat.postMessage");
        String place = api ? body.path("channel").asText() : path;
        int status;
        String answer;
        synchronized (this) {
            long now = System.nanoTime();
            long wait = free.getOrDefault(place, now) - now;
            if (wait > 0) {
                long seconds = (wait + 999_999_999) / 1_000_000_000;
                exchange.getResponseHeaders().add("Retry-After", Long.toString(seconds));
                status = 429;
                answer = "rate_limited";
            } else {
                free.put(place, now + spacing.toNanos());
                answer = verdict(body, api);
                status = api || answer.equals("ok") ? 200 : 400;
            }
            posts.add(new Post(
                    place,
                    body,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    status,
                    answer,
                    now));
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String verdict(JsonNode body, boolean api) {
        String error = errors.isEmpty() ? broken(body) : errors.remove();
        if (!api) {
            return error.isEmpty() ? "ok" : error;
        }
        return error.isEmpty()
                ? "{\"ok\":true,\"ts\":\"" + ++messages + ".000100\"}"
                : "{\"ok\":false,\"error\":\"" + error + "\"}";
    }

    /** Which limit the blocks break; empty when none. */
    private static String broken(JsonNode body) {
        int length = 0;
        for (JsonNode text : body.path("blocks").findValues("text")) {
            String content =
                    text.isTextual() ? text.asText() : text.path("text").asText();
            if (content.isEmpty() || content.length() > MOST_TEXT) {
                return "invalid_blocks";
            }
            length += content.length();
        }
        if (body.path("blocks").size() > MOST_BLOCKS) {
            return "invalid_blocks";
        }
        return length > MOST_OF_ALL ? "msg_blocks_too_long" : "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
