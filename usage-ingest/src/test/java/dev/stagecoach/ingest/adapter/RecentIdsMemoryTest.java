package dev.stagecoach.ingest.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.RecentIds;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class RecentIdsMemoryTest {
    private final RecentIdsMemory ids = memoryOf(3);

    @Test
    void knowsWhatWasStored() {
        // Given
        store("m-1", "m-2");
        // Then
        assertThat(ids.claim().isNew("harbor", "m-1")).isFalse();
        assertThat(ids.claim().isNew("harbor", "m-3")).isTrue();
    }

    @Test
    void knowsNothingOfWhatWasNotStored() {
        // Given
        ids.claim().isNew("harbor", "m-1");
        // Then
        assertThat(ids.claim().isNew("harbor", "m-1")).isTrue();
    }

    @Test
    void findsARepetitionWithinARequest() {
        // Given
        RecentIds.Claim claim = ids.claim();
        // Then
        assertThat(claim.isNew("harbor", "m-1")).isTrue();
        assertThat(claim.isNew("harbor", "m-1")).isFalse();
        assertThat(claim.isNew("harbor", "m-2")).isTrue();
        assertThat(claim.isNew("harbor", "m-2")).isFalse();
        assertThat(claim.isNew("harbor", "m-1")).isFalse();
    }

    @Test
    void tellsAccountsApart() {
        store("m-1");
        assertThat(ids.claim().isNew("granite", "m-1")).isTrue();
    }

    @Test
    void forgetsTheOldestWhenItIsFull() {
        // Given
        store("m-1", "m-2", "m-3");
        store("m-4", "m-5", "m-6");
        assertThat(ids.claim().isNew("harbor", "m-1")).isFalse();
        // When
        store("m-7");
        // Then
        assertThat(ids.claim().isNew("harbor", "m-1")).isTrue();
        assertThat(ids.claim().isNew("harbor", "m-4")).isFalse();
        assertThat(ids.claim().isNew("harbor", "m-7")).isFalse();
    }

    private void store(String... stored) {
        RecentIds.Claim claim = ids.claim();
        for (String id : stored) {
            claim.isNew("harbor", id);
        }
        claim.stored();
    }

    private static RecentIdsMemory memoryOf(int capacity) {
        return new RecentIdsMemory(new SmallRyeConfigBuilder()
                .withMapping(IngestConfig.class)
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue("stagecoach.ingest.pseudonym-secret", "unused")
                .withDefaultValue("stagecoach.ingest.remembered-ids", Integer.toString(capacity))
                .build()
                .getConfigMapping(IngestConfig.class));
    }
}
