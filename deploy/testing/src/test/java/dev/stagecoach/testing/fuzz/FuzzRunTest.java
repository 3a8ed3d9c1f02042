package dev.stagecoach.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may be answered. */
class FuzzRunTest {

    private static final int REQUESTS = 60;

    @Test
    void whoRefusesEverythingIsNeverWrong() throws Exception {
        // When
        var run = run(exchange -> answer(exchange, 400));

        // Then
        assertThat(run.wrongInAll()).isZero();
        assertThat(run.answers()).isEqualTo(Map.of("400", (long) REQUESTS));
    }

    @Test
    void anErrorOfTheServiceIsWrong() throws Exception {
        // When
        var run = run(exchange -> answer(exchange, 500));

        // Then
        assertThat(run.wrongInAll()).isEqualTo(REQUESTS);
        assertThat(run.wrong()).hasSize(20).allMatch(wrong -> wrong.startsWith("request ") && wrong.contains(": 500 "));
    }

    @Test
    void toBeBusyIsRightForWhoSaysWhenToComeBack() throws Exception {
        // When
        var silent = run(exchange -> answer(exchange, 503));
        var polite = run(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "5");
            answer(exchange, 503);
        });

        // Then
        assertThat(silent.wrongInAll()).isEqualTo(REQUESTS);
        assertThat(polite.wrongInAll()).isZero();
        assertThat(polite.answers()).isEqualTo(Map.of("503 with Retry-After", (long) REQUESTS));
    }

    @Test
    void whoTakesEverythingTakesItFromStrangers() throws Exception {
        // When
        var run = run(exchange -> answer(exchange, 200));

        // Then
        assertThat(run.wrong()).isNotEmpty().allMatch(wrong -> wrong.contains("taken although the key is unknown"));
    }

    @Test
    void noAnswerIsWrong() throws Exception {
        // When
        var run = run(HttpExchange::close);

        // Then
        assertThat(run.wrong()).isNotEmpty().allMatch(wrong -> wrong.contains("no answer"));
    }

    private static FuzzRun run(HttpHandler service) throws IOException, InterruptedException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", service);
        server.start();
        try {
            var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var run = new FuzzRun(address, new FuzzedRequests(1, List.of("local")), 4);
            run.send(0, REQUESTS);
            return run;
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
