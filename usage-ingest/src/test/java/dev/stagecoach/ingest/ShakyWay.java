package dev.stagecoach.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What stands between a sender and usage-ingest: it notes what passes, and makes trouble first. */
final class ShakyWay implements AutoCloseable {
    /** What is done to a request. */
    enum Trouble {
        /** Answered by the way itself, 429. */
        TOO_FAST,
        /** Answered by the way itself, 503. */
        BUSY,
        /** Passed on, but the sender never hears the answer: the way says 503. */
        ANSWER_LOST
    }

    /**
     * A request that came by.
     *
     * @param answered the status that the sender was given
     */
    record Passed(
            Instant at,
            String path,
            @Nullable String authorization,
            @Nullable String contentEncoding,
            int answered) {}

    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI target;
    private final Queue<Trouble> troubles;
    private final List<Passed> passed = new ArrayList<>();
    private final Runnable beforeTheFirst;

    ShakyWay(URI target, Trouble... troubles) {
        this(target, () -> {}, troubles);
    }

    /** One that does something right before the first request passes. */
    ShakyWay(URI target, Runnable beforeTheFirst, Trouble... troubles) {
        this.target = target;
        this.beforeTheFirst = beforeTheFirst;
        this.troubles = new ArrayDeque<>(List.of(troubles));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** In their order. */
    synchronized List<Passed> passed() {
        return List.copyOf(passed);
    }

    private synchronized void pass(HttpExchange exchange) throws IOException {
        Instant at = Instant.now();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (passed.isEmpty()) {
            beforeTheFirst.run();
        }
        Trouble trouble = troubles.poll();
        HttpResponse<byte[]> answer = trouble == null || trouble == Trouble.ANSWER_LOST ? passOn(exchange, body) : null;
        int status = trouble == null ? answer.statusCode() : trouble == Trouble.TOO_FAST ? 429 : 503;
        passed.add(new Passed(
                at,
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Content-Encoding"),
                status));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (trouble != null) {
            exchange.getResponseHeaders().set("Retry-After", String.valueOf(RETRY_AFTER.toSeconds()));
        } else {
            answer.headers()
                    .firstValue("Retry-After")
                    .ifPresent(after -> exchange.getResponseHeaders().set("Retry-After", after));
        }
        byte[] said = trouble == null ? answer.body() : new byte[] {'{', '}'};
        exchange.sendResponseHeaders(status, said.length);
        try (exchange) {
            exchange.getResponseBody().write(said);
        }
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .POST(BodyPublishers.ofByteArray(body));
        for (String header : List.of("Authorization", "Content-Encoding", "Content-Type")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
