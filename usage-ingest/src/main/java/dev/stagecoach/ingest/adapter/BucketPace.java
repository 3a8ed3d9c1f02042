package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Pace;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.key.WriteKey;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of tokens for each key that has a limit, filled at its pace. It holds a second's worth, and at least one request of the
 * largest size: who sends rarely may send that at once.
 */
@Singleton
final class BucketPace implements Pace {
    private final ConcurrentMap<String, Paced> buckets = new ConcurrentHashMap<>();
    private final int largestRequest;
    private final @Nullable Integer limitOfAll;

    private record Paced(int eventsPerSecond, Bucket bucket) {}

    BucketPace(IngestConfig config) {
        this.largestRequest = config.limits().events();
        this.limitOfAll = config.limits().eventsPerSecond().orElse(null);
    }

    @Override
    public void take(WriteKey key, int pieces) {
        Integer limit = key.eventsPerSecond() != null ? key.eventsPerSecond() : limitOfAll;
        if (limit == null || pieces == 0) {
            return;
        }
        ConsumptionProbe probe = bucket(key.id(), limit).tryConsumeAndReturnRemaining(pieces);
        if (!probe.isConsumed()) {
            throw new RefusedException(
                    Refusal.TOO_FAST,
                    "write key: more than its " + limit + " events a second (expected: fewer; send it again later)",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
        }
    }

    private Bucket bucket(String id, int limit) {
        Paced known = buckets.get(id);
        if (known == null || known.eventsPerSecond != limit) {
            known = buckets.compute(
                    id,
                    (same, found) -> found != null && found.eventsPerSecond == limit
                            ? found
                            : new Paced(limit, newBucket(limit)));
        }
        return known.bucket;
    }

    private Bucket newBucket(int limit) {
        return Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(Math.max(limit, largestRequest)).refillGreedy(limit, Duration.ofSeconds(1)))
                .build();
    }
}
