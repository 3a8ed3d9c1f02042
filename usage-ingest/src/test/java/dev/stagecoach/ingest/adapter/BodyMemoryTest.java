package dev.stagecoach.ingest.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    private final RequestBodies bodies = bodiesOfAtMost("1K");

    @Test
    void turnsAwayWhatDoesNotFitBesideTheOthers() {
        // Given
        CompletableFuture<Void> stored = new CompletableFuture<>();
        read(600, stored);
        // Then
        assertThatThrownBy(() -> read(600, CompletableFuture.completedFuture(null)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.BUSY));
        assertThat(read(400, CompletableFuture.completedFuture(null))).isCompleted();
    }

    @Test
    void hasRoomAgainWhenTheOthersAreStored() {
        // Given
        CompletableFuture<Void> stored = new CompletableFuture<>();
        read(600, stored);
        // When
        stored.complete(null);
        // Then
        assertThat(read(1_000, CompletableFuture.completedFuture(null))).isCompleted();
    }

    @Test
    void hasRoomAgainAfterAFailure() {
        // Given
        assertThatThrownBy(() -> bodies.read(new ByteArrayInputStream(new byte[600]), null, bytes -> {
                    throw new RefusedException(Refusal.UNREADABLE, "no");
                }))
                .hasMessage("no");
        // Then
        assertThat(read(1_000, CompletableFuture.completedFuture(null))).isCompleted();
    }

    private CompletionStage<Void> read(int bytes, CompletionStage<Void> stored) {
        return bodies.read(new ByteArrayInputStream(new byte[bytes]), null, read -> stored);
    }

    private static RequestBodies bodiesOfAtMost(String size) {
        IngestConfig config = new SmallRyeConfigBuilder()
                .withMapping(IngestConfig.class)
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue("stagecoach.ingest.pseudonym-secret", "unused")
                .withDefaultValue("stagecoach.ingest.limits.all-bodies", size)
                .build()
                .getConfigMapping(IngestConfig.class);
        return new RequestBodies(config, new BodyMemory(config));
    }
}
