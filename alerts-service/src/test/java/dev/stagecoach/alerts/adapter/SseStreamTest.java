package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.Test;

class SseStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Multi<?> stream(Optional<Instant> end) {
        return new SseStream(new SseImpl(), end)
                .of(Multi.createFrom().nothing(), Multi.createFrom().nothing(), StoredAlert::id);
    }

    @Test
    void endsWithTheSignInOfItsReader() {
        assertThat(stream(Optional.of(Instant.EPOCH))
                        .onItem()
                        .ignoreAsUni()
                        .await()
                        .atMost(PATIENCE))
                .isNull();
    }

    @Test
    void goesOnWithoutOne() {
        assertThat(stream(Optional.empty()).toUni().await().atMost(PATIENCE)).isNotNull();
    }
}
