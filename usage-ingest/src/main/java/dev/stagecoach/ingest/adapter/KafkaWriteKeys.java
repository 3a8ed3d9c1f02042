package dev.stagecoach.ingest.adapter;

import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.key.HandedOutKey;
import dev.stagecoach.ingest.key.HandedOutKeys;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The keys that were handed out, in memory, read from the compacted topic {@code write-keys} and followed from then on. */
@Startup
@Singleton
final class KafkaWriteKeys implements HandedOutKeys {
    private static final Logger LOG = Logger.getLogger(KafkaWriteKeys.class);

    private final Map<String, Told> keys = new ConcurrentHashMap<>();
    private final KafkaAccounts accounts;
    private final TopicFollower follower;

    KafkaWriteKeys(@Identifier("default-kafka-broker") Map<String, Object> kafka, KafkaAccounts accounts) {
        this.accounts = accounts;
        follower = new TopicFollower(kafka, Topics.WRITE_KEYS, TopicFollower.Start.FIRST_RECORD, this::apply);
        follower.start();
    }

    /** What the record at an offset said of a key; null: that there is none any more. */
    private record Told(
            int partition,
            long offset,
            long timestamp,
            @Nullable HandedOutKey key) {
        /**
         * A revoked key stays revoked. Offsets say what came later within a partition; after partitions were added, a key's records stand in
         * two, and times say it.
         */
        boolean isNewerThan(Told other) {
            if (isRevoked() != other.isRevoked()) {
                return isRevoked();
            }
            return partition == other.partition ? offset > other.offset : timestamp > other.timestamp;
        }

        private boolean isRevoked() {
            return key != null && key.isRevoked();
        }
    }

    /** Whether every key that was handed out by now has been read. */
    boolean isComplete() {
        return follower.isCaughtUp();
    }

    /** Why {@link #isComplete} is not so, or why nothing new comes in. */
    Optional<String> problem() {
        return follower.problem();
    }

    /** How many are not revoked. */
    long count() {
        return keys.values().stream()
                .map(Told::key)
                .filter(key -> key != null && !key.isRevoked())
                .count();
    }

    /** @throws RefusedException with {@link Refusal#NOT_READY} while not everything has been read that says whether the key is good */
    @Override
    public Optional<HandedOutKey> withId(String id) {
        if (!isComplete()) {
            throw new RefusedException(Refusal.NOT_READY, "still reading the write keys; send it again");
        }
        Told told = keys.get(id);
        HandedOutKey key = told == null ? null : told.key();
        if (key != null && key.isForAProduct() && !accounts.isComplete()) {
            throw new RefusedException(Refusal.NOT_READY, "still reading the accounts; send it again");
        }
        return Optional.ofNullable(key);
    }

    /** Called on the follower's thread alone. */
    private void apply(ConsumerRecord<String, byte[]> consumed) {
        String id = consumed.key();
        if (id == null) {
            return;
        }
        if (consumed.value() == null) {
            tell(id, consumed, null);
            return;
        }
        try {
            EventCodec.read(consumed).ifPresent(event -> {
                if (event.data() instanceof WriteKeyFacts facts) {
                    tell(id, consumed, HandedOutKey.of(facts, accounts));
                }
            });
        } catch (UnreadableEventException e) {
            LOG.warnf(
                    "Skipped %s-%d@%d: %s", consumed.topic(), consumed.partition(), consumed.offset(), e.getMessage());
        }
    }

    /** A follower that begins anew sees old records again, and they must not make a revoked key good for that moment. */
    private void tell(String id, ConsumerRecord<String, byte[]> consumed, @Nullable HandedOutKey key) {
        keys.merge(
                id,
                new Told(consumed.partition(), consumed.offset(), consumed.timestamp(), key),
                (before, told) -> before.isNewerThan(told) ? before : told);
    }

    @PreDestroy
    void close() {
        follower.close();
    }
}
