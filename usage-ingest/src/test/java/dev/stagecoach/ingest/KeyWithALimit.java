package dev.stagecoach.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.events.WriteKeySecret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A write key as lifecycle-service hands them out, that may send so many events a second. */
final class KeyWithALimit {
    private KeyWithALimit() {}

    /** One for an account that may send so many events a second; its text, once the service knows it. */
    static String of(String account, int eventsPerSecond, String bootstrapServers, Caller caller) {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 10);
        String text = "sc_" + id + "_" + id.repeat(4).substring(0, 32);
        WriteKeyFacts facts = new WriteKeyFacts(
                id,
                "Test",
                WriteKeyScope.of(List.of(account)),
                List.of(new WriteKeySecret(hash(text), null)),
                eventsPerSecond,
                null);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
            assertThat(producer.send(EventCodec.toRecord(
                            Event.of(id, EventType.WRITE_KEY, "/test", id, Instant.EPOCH, null, facts))))
                    .succeedsWithin(Duration.ofSeconds(30));
        }
        await().until(() -> caller.post("/v1/batch", text, "{\"batch\":[]}").status() == 200);
        return text;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
