package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.ingest.Caller.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running service without a Kafka. */
@QuarkusTest
@TestProfile(KafkaUnreachableTest.NoKafka.class)
class KafkaUnreachableTest {
    public static final class NoKafka implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    // Nobody listens on port 1.
                    "kafka.bootstrap.servers", "127.0.0.1:1",
                    "stagecoach.ingest.confirm-within", "PT1S",
                    "stagecoach.ingest.limits.body-within", "PT1S");
        }
    }

    @TestHTTPResource
    URI address;

    private Caller caller;

    @BeforeEach
    void connect() {
        caller = new Caller(address.getPort());
    }

    @Test
    void acknowledgesNoEvent() {
        // When
        Reply reply = caller.post(
                "/v1/batch",
                "key-of-harbor",
                "{\"batch\":[{\"userId\":\"u\",\"event\":\"search\"},{\"userId\":\"v\",\"event\":\"search\"},{}]}");
        // Then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("detail").textValue())
                .isEqualTo("not confirmed by Kafka; send it again, nothing will be counted twice");
        assertThat(caller.get("/q/metrics").text())
                .contains("stagecoach_ingest_received_total{kind=\"event\"} 3.0")
                .contains("stagecoach_ingest_unconfirmed_total{kind=\"event\"} 3.0")
                .contains("stagecoach_ingest_refused_requests_total{reason=\"not-stored\"} 1.0");
    }

    @Test
    void takesNoPingBeforeTheAccountsAreRead() {
        // When
        Reply reply =
                caller.post("/updates", "{\"LicenseKey\":\"key-of-harbor\",\"site\":\"a\",\"version\":\"5.3.0\"}");
        // Then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("detail").textValue())
                .isEqualTo("still reading the accounts; send the ping again");
    }

    @Test
    void callsNoKeyUnknownBeforeTheWriteKeysAreRead() {
        // Given
        String event = "{\"userId\":\"u\",\"event\":\"search\"}";
        // When
        Reply handedOut = caller.post("/v1/track", "sc_k3v9q2m8xa_" + "a".repeat(32), event);
        Reply anyOther = caller.post("/v1/track", "no-such-key", event);
        // Then
        assertThat(handedOut.status()).isEqualTo(503);
        assertThat(handedOut.header("Retry-After")).isEqualTo("5");
        assertThat(handedOut.json().path("detail").textValue())
                .isEqualTo("still reading the write keys; send it again");
        assertThat(anyOther.status()).isEqualTo(401);
    }

    @Test
    void waitsForNoBodyForEver() throws IOException {
        // Given
        try (Socket sender = new Socket(address.getHost(), address.getPort())) {
            // When
            sender.getOutputStream()
                    .write("POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{\"batch\":["
                            .getBytes(StandardCharsets.UTF_8));
            sender.setSoTimeout(30_000);
            byte[] answer = new byte[1_000];
            int read = sender.getInputStream().readNBytes(answer, 0, 12);
            // Then
            assertThat(new String(answer, 0, read, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 408");
        }
    }

    @Test
    void livesButIsNotReady() {
        assertThat(caller.get("/q/health/live").status()).isEqualTo(200);
        assertThat(caller.get("/q/health/ready").status()).isEqualTo(503);
    }
}
