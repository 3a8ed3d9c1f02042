package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A program that receives webhooks: it verifies them with the library of Standard Webhooks, and answers as a test asks. */
final class ReceiverStandIn implements AutoCloseable {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** What came. */
    record Hook(String message, JsonNode body, boolean genuine, int answered) {}

    private final List<Hook> received = new ArrayList<>();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private int always = 204;
    private int port;
    private HttpServer server;

    ReceiverStandIn() {
        server = listen();
    }

    private HttpServer listen() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            port = started.getAddress().getPort();
            started.createContext("/", this::take);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/hooks?token=hidden");
    }

    /** The next messages are answered with these, and those after them with 204. */
    synchronized void answer(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    synchronized void alwaysAnswer(int status) {
        always = status;
    }

    void goDown() {
        server.stop(0);
    }

    void comeBack() {
        server = listen();
    }

    synchronized List<Hook> all() {
        return List.copyOf(received);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status;
        synchronized (this) {
            status = answers.isEmpty() ? always : answers.remove();
            received.add(new Hook(
                    String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
                    EventCodec.json().readTree(body),
                    isGenuine(body, exchange),
                    status));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static boolean isGenuine(String body, HttpExchange exchange) {
        try {
            new Webhook(SECRET)
                    .verify(body, java.net.http.HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    @Override
    public void close() {
        goDown();
    }
}
