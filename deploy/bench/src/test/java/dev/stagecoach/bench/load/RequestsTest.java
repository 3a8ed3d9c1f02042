package dev.stagecoach.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static final URI ADDRESS = URI.create("http://127.0.0.1:8081");
    private static final List<byte[]> EVENTS = List.of(event(1), event(2), event(3));

    @Test
    void aBatchHoldsItsEventsUnderOtherIdsEachTime() throws IOException {
        // Given
        var requests = Requests.of(ADDRESS, "local", EVENTS, 2, 1);

        // When
        var first = sent(requests);
        var second = sent(requests);

        // Then
        assertThat(first.path()).isEqualTo("/v1/batch");
        assertThat(first.authorization()).isEqualTo("Basic bG9jYWw6");
        assertThat(first.host()).isEqualTo("127.0.0.1:8081");
        var batch = EventCodec.json().readTree(first.body()).path("batch");
        var again = EventCodec.json().readTree(second.body()).path("batch");
        assertThat(batch).hasSize(2);
        assertThat(batch.path(0).path("userId").textValue()).isEqualTo("user-1");
        assertThat(batch.path(1).path("userId").textValue()).isEqualTo("user-2");
        var ids = List.of(id(batch.path(0)), id(batch.path(1)), id(again.path(0)), id(again.path(1)));
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void singleEventsTakeTurns() {
        // Given
        var requests = Requests.of(ADDRESS, "local", EVENTS, 1, 1);

        // When
        var users = List.of(user(requests), user(requests), user(requests), user(requests));

        // Then
        assertThat(users).containsExactly("user-1", "user-2", "user-3", "user-1");
    }

    @Test
    void anotherSeedMakesOtherIds() {
        assertThat(sent(Requests.of(ADDRESS, "local", EVENTS, 1, 1)).body())
                .isNotEqualTo(sent(Requests.of(ADDRESS, "local", EVENTS, 1, 2)).body());
    }

    @Test
    void itTakesAsManyEventsAsOneRequestHas() {
        assertThatThrownBy(() -> Requests.of(ADDRESS, "local", EVENTS, 4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 events (expected: 4 or more)");
    }

    private static byte[] event(int number) {
        return "{\"messageId\":\"%s\",\"userId\":\"user-%d\"}"
                .formatted(new UUID(0, number), number)
                .getBytes(UTF_8);
    }

    private static UUID id(JsonNode event) {
        return UUID.fromString(event.path("messageId").textValue());
    }

    private static String user(Requests requests) {
        var body = sent(requests).body();
        return body.substring(body.indexOf("user-"), body.lastIndexOf('"'));
    }

    /** As a server reads it. */
    private record Sent(String path, String authorization, String host, String body) {}

    private static Sent sent(Requests requests) {
        var buffer = Unpooled.buffer();
        requests.next().writeTo(buffer, requests.chance());
        var server = new EmbeddedChannel(new HttpRequestDecoder(), new HttpObjectAggregator(10_000));
        server.writeInbound(buffer);
        FullHttpRequest request = server.readInbound();
        try {
            return new Sent(
                    request.uri(),
                    request.headers().get("Authorization"),
                    request.headers().get("Host"),
                    request.content().toString(UTF_8));
        } finally {
            request.release();
        }
    }
}
