package dev.stagecoach.alerts.adapter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A real HTTP server that answers like Slack's incoming webhooks, and as badly as a test asks for. */
final class SlackStandIn {
    private SlackStandIn() {}

    /** What came for a text, and what was answered; the time is the machine's. */
    record Post(String path, String text, String body, int answered, long atNanos) {}

    /** An answer to give. */
    record Answer(int status, Map<String, String> headers, String body) {
        static final Answer OK = new Answer(200, Map.of(), "ok");
        static final Answer BROKEN = new Answer(500, Map.of(), "server_error");

        static Answer busy(int seconds) {
            return new Answer(429, Map.of("Retry-After", Integer.toString(seconds)), "rate_limited");
        }

        static Answer invalid() {
            return new Answer(400, Map.of(), "invalid_payload");
        }

        static Answer gone() {
            return new Answer(404, Map.of(), "no_service");
        }
    }

    private static final List<Post> POSTS = new CopyOnWriteArrayList<>();
    private static final Map<String, Deque<Answer>> ANSWERS = new ConcurrentHashMap<>();
    private static HttpServer server;
    private static int port;

    /** Answers the next messages whose text has the marker with these, and all others with 200. */
    static void answerTo(String marker, Answer... answers) {
        ANSWERS.put(marker, new ArrayDeque<>(List.of(answers)));
    }

    static List<Post> postsWith(String marker) {
        return POSTS.stream().filter(post -> post.text().contains(marker)).toList();
    }

    /** Nobody listens any more. */
    static void goDown() {
        server.stop(0);
    }

    static void comeBack() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            port = server.getAddress().getPort();
            server.createContext("/", SlackStandIn::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String text = EventCodec.json().readTree(body).path("text").asText();
        Answer answer = ANSWERS.entrySet().stream()
                .filter(entry -> text.contains(entry.getKey()))
                .map(entry -> entry.getValue().poll())
                .filter(one -> one != null)
                .findFirst()
                .orElse(Answer.OK);
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        POSTS.add(new Post(exchange.getRequestURI().getPath(), text, body, answer.status(), System.nanoTime()));
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Starts and says where it is: the settings of the service. */
    static Map<String, String> start() {
        POSTS.clear();
        ANSWERS.clear();
        comeBack();
        String base = "http://127.0.0.1:" + port + "/";
        return List.of("customer-usage", "scaled-success", "gtm-operations").stream()
                .collect(Collectors.toMap(key -> "stagecoach.alerts.slack.channels." + key, base::concat));
    }
}
