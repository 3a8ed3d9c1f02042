package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class KafkaConnectionTest {
    private static final Map<String, Object> STRICT = Map.of(
            "bootstrap.servers",
            "kafka.example.com:9093",
            "security.protocol",
            "SSL",
            "group.id",
            "made-up",
            "acks",
            "1");

    @Test
    void givesEveryClientWhatAllHaveInCommon() {
        assertThat(new KafkaConnection(STRICT).with(Map.of("client.id", "one")))
                .containsEntry("bootstrap.servers", "kafka.example.com:9093")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("client.id", "one")
                .doesNotContainKey("group.id");
    }

    @Test
    void letsNobodyChangeWhatAClientRestsOn() {
        assertThat(new KafkaConnection(STRICT).with(Map.of("acks", "all"))).containsEntry("acks", "all");
    }

    @Test
    void mustSayWhereKafkaIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KafkaConnection(Map.of("security.protocol", "SSL")))
                .withMessageContaining("kafka.bootstrap.servers");
    }

    @Test
    void isThatOfConsumerAndRelay() {
        // Given a protocol that no client starts with
        KafkaConnection odd =
                new KafkaConnection(Map.of("bootstrap.servers", "127.0.0.1:1", "security.protocol", "odd"));
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        try (ExactlyOnceConsumer<Received> consumer = new ExactlyOnceConsumer<>(
                        new ConsumerSettings(odd, "group", List.of("topic"), 10),
                        nowhere,
                        Received::read,
                        (transaction, batch) -> {});
                OutboxRelay relay = new OutboxRelay(odd, nowhere)) {
            // When
            consumer.start();
            relay.start();
            // Then
            await().untilAsserted(() -> {
                assertThat(consumer.problem())
                        .hasValueSatisfying(problem -> assertThat(problem).contains("odd"));
                assertThat(relay.problem())
                        .hasValueSatisfying(problem -> assertThat(problem).contains("odd"));
            });
        }
    }
}
