package dev.stagecoach.ingest.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.key.KeyScope;
import dev.stagecoach.ingest.key.WriteKey;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BucketPaceTest {
    private static final WriteKey KEY = new WriteKey("k3v9q2m8xa", new KeyScope.NamedAccounts(Set.of("harbor")), null);

    @Test
    void takesTheLargestRequestAtOnceAndThenAsksToComeBackWhenThereIsRoomAgain() {
        // Given
        BucketPace pace = paceOf("1");
        // When
        pace.take(KEY, 2_500);
        // Then
        assertThatThrownBy(() -> pace.take(KEY, 100))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal()).isEqualTo(Refusal.TOO_FAST);
                    assertThat(refused.retryAfter())
                            .hasValueSatisfying(wait ->
                                    assertThat(wait).isBetween(Duration.ofSeconds(95), Duration.ofSeconds(101)));
                })
                .hasMessage("write key: more than its 1 events a second (expected: fewer; send it again later)");
    }

    @Test
    void takesAnythingWithoutALimit() {
        BucketPace pace = paceOf(null);
        assertThatCode(() -> {
                    for (int i = 0; i < 100; i++) {
                        pace.take(KEY, 2_500);
                    }
                })
                .doesNotThrowAnyException();
    }

    private static BucketPace paceOf(String limit) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .withMapping(IngestConfig.class)
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue("stagecoach.ingest.pseudonym-secret", "unused");
        if (limit != null) {
            config.withDefaultValue("stagecoach.ingest.limits.events-per-second", limit);
        }
        return new BucketPace(config.build().getConfigMapping(IngestConfig.class));
    }
}
