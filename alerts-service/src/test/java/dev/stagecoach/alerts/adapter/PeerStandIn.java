package dev.stagecoach.alerts.adapter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real HTTP server that answers what lifecycle-service and outreach-service would, in their form, and nothing else. That they do
 * answer so is shown where they run: {@code SampleJourneyIT} in deploy/local.
 */
final class PeerStandIn {
    static final String TOKEN = "peer-token";

    private PeerStandIn() {}

    /** What was asked. */
    record Asked(String method, String uri, String authorization, String body) {}

    private record Answer(int status, String body) {}

    private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();
    private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static HttpServer server;
    private static int port;
    private static volatile CountDownLatch held = new CountDownLatch(0);

    /**
     * Answers from now on.
     *
     * @param question the method and the path without query, {@code GET /v1/campaigns}
     */
    static void answerTo(String question, int status, String body) {
        ANSWERS.put(question, new Answer(status, body));
    }

    static void answerTo(String question, String body) {
        answerTo(question, 200, body);
    }

    static void refuse(String question, int status, String detail) {
        answerTo(
                question,
                status,
                "{\"type\":\"about:blank\",\"title\":\"Refused\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(status, detail));
    }

    /** Takes questions and answers none until {@link #goOn()}. */
    static void hang() {
        held = new CountDownLatch(1);
    }

    static void goOn() {
        held.countDown();
    }

    static void goDown() {
        goOn();
        server.stop(0);
    }

    static void comeBack() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            port = server.getAddress().getPort();
            server.setExecutor(THREADS);
            server.createContext("/", PeerStandIn::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing is answered but what is said from now on. */
    static void forget() {
        ANSWERS.clear();
        ASKED.clear();
    }

    static List<Asked> asked(String method, String path) {
        return ASKED.stream()
                .filter(asked -> asked.method().equals(method) && asked.uri().startsWith(path))
                .toList();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String uri = exchange.getRequestURI().toString();
        ASKED.add(new Asked(
                method,
                uri,
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Answer answer = ANSWERS.getOrDefault(
                method + " " + exchange.getRequestURI().getPath(),
                new Answer(404, "{\"status\":404,\"detail\":\"nothing is known of " + uri.replace('"', ' ') + "\"}"));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Starts and says where it is: the settings of the service. */
    static Map<String, String> start() {
        forget();
        comeBack();
        String base = "http://127.0.0.1:" + port;
        return Map.of(
                "stagecoach.alerts.peers.token", TOKEN,
                "stagecoach.alerts.peers.timeout", "500ms",
                "stagecoach.alerts.peers.act-timeout", "1s",
                "stagecoach.alerts.peers.ingest-url", base,
                "stagecoach.alerts.peers.lifecycle-url", base,
                "stagecoach.alerts.peers.outreach-url", base);
    }
}
