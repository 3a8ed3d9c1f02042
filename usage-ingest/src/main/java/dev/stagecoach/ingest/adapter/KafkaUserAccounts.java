package dev.stagecoach.ingest.adapter;

import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.events.UserLinked;
import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.UserAccounts;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Which user belongs to which accounts, in memory, read from {@code usage.links} and followed from then on. By reckoning some 200 bytes a user. A
 * link is told again when a third of the time after which it lapses has gone by.
 */
@Startup
@Singleton
final class KafkaUserAccounts implements UserAccounts {
    private static final Logger LOG = Logger.getLogger(KafkaUserAccounts.class);
    private static final int RENEWALS = 3;

    /** When it was told last, by account, by user. The inner maps are never changed. */
    private final ConcurrentMap<String, Map<String, Instant>> toldAt = new ConcurrentHashMap<>();

    private final Duration lapsesAfter;
    private final TopicFollower follower;

    KafkaUserAccounts(@Identifier("default-kafka-broker") Map<String, Object> kafka, IngestConfig config) {
        lapsesAfter = config.userLinksLapseAfter();
        follower = new TopicFollower(kafka, Topics.USAGE_LINKS, TopicFollower.Start.FIRST_RECORD, this::apply);
        follower.start();
    }

    @Override
    public boolean isComplete() {
        return follower.isCaughtUp();
    }

    Optional<String> problem() {
        return follower.problem();
    }

    int count() {
        return toldAt.size();
    }

    @Override
    public Set<String> of(String user, Instant now) {
        Instant since = now.minus(lapsesAfter);
        return toldAt.getOrDefault(user, Map.of()).entrySet().stream()
                .filter(told -> told.getValue().isAfter(since))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean isToBeTold(String user, String account, Instant now) {
        Map<String, Instant> known = toldAt.getOrDefault(user, Map.of());
        Instant last = known.get(account);
        return last == null
                // One more would change nothing: the user is ambiguous already.
                ? known.size() < MOST_ACCOUNTS
                : !last.isAfter(now.minus(lapsesAfter.dividedBy(RENEWALS)));
    }

    @Override
    public void tell(String user, String account, Instant at) {
        Instant lapsed = at.minus(lapsesAfter);
        toldAt.merge(user, Map.of(account, at), (known, told) -> newest(known, told, lapsed));
    }

    private static Map<String, Instant> newest(Map<String, Instant> known, Map<String, Instant> told, Instant lapsed) {
        Map<String, Instant> all = new HashMap<>(known);
        told.forEach((account, at) -> all.merge(account, at, (before, now) -> now.isAfter(before) ? now : before));
        all.values().removeIf(at -> !at.isAfter(lapsed));
        return Map.copyOf(all);
    }

    /** Called on the follower's thread alone. */
    private void apply(ConsumerRecord<String, byte[]> consumed) {
        try {
            EventCodec.read(consumed).ifPresent(event -> {
                if (event.data() instanceof UserLinked link) {
                    tell(link.user(), link.account(), link.at());
                }
            });
        } catch (UnreadableEventException e) {
            LOG.warnf(
                    "Skipped %s-%d@%d: %s", consumed.topic(), consumed.partition(), consumed.offset(), e.getMessage());
        }
    }

    @PreDestroy
    void close() {
        follower.close();
    }
}
