package dev.stagecoach.ingest.adapter;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.ingest.Accounts;
import dev.stagecoach.ingest.key.Portfolio;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Instances and products of all accounts, in memory, read from the compacted topic {@code accounts} and followed from then on. */
@Startup
@Singleton
final class KafkaAccounts implements Accounts, Portfolio {
    private static final Logger LOG = Logger.getLogger(KafkaAccounts.class);

    private final Map<String, List<Instance>> instancesByAccount = new ConcurrentHashMap<>();
    private final Map<String, List<Product>> productsByAccount = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> accountsByInstance = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final TopicFollower follower;

    /** Where the facts of an account stand that are known. */
    private record Place(int partition, long offset) {}

    KafkaAccounts(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        follower = new TopicFollower(kafka, Topics.ACCOUNTS, TopicFollower.Start.FIRST_RECORD, this::apply);
        follower.start();
    }

    @Override
    public boolean isComplete() {
        return follower.isCaughtUp();
    }

    /** Why {@link #isComplete} is not so, or why nothing new comes in. */
    Optional<String> problem() {
        return follower.problem();
    }

    int count() {
        return instancesByAccount.size();
    }

    @Override
    public Set<String> withInstance(String instance) {
        return accountsByInstance.getOrDefault(instance, Set.of());
    }

    @Override
    public Optional<Boolean> isProduction(String account, String instance) {
        return instancesByAccount.getOrDefault(account, List.of()).stream()
                .filter(one -> one.id().equals(instance))
                .map(Instance::production)
                .findFirst();
    }

    @Override
    public boolean lists(String account, Product product) {
        return productsByAccount.getOrDefault(account, List.of()).contains(product);
    }

    /** Called on the follower's thread alone. */
    private void apply(ConsumerRecord<String, byte[]> consumed) {
        String account = consumed.key();
        if (account == null || isOlder(account, consumed)) {
            return;
        }
        if (consumed.value() == null) {
            replace(account, List.of());
            instancesByAccount.remove(account);
            productsByAccount.remove(account);
            return;
        }
        try {
            EventCodec.read(consumed).ifPresent(event -> {
                if (event.data() instanceof AccountFacts facts) {
                    replace(account, facts.instances());
                    productsByAccount.put(account, facts.products());
                }
            });
        } catch (UnreadableEventException e) {
            LOG.warnf(
                    "Skipped %s-%d@%d: %s", consumed.topic(), consumed.partition(), consumed.offset(), e.getMessage());
        }
    }

    /** A follower that begins anew sees old records again, and they must not bring back what was taken away. */
    private boolean isOlder(String account, ConsumerRecord<String, byte[]> consumed) {
        Place place = new Place(consumed.partition(), consumed.offset());
        Place known = places.get(account);
        if (known != null && known.partition == place.partition && place.offset < known.offset) {
            return true;
        }
        places.put(account, place);
        return false;
    }

    /** What stays is never away, since pings are looked up meanwhile. */
    private void replace(String account, List<Instance> instances) {
        List<Instance> before = instancesByAccount.put(account, instances);
        Set<String> staying = instances.stream().map(Instance::id).collect(Collectors.toUnmodifiableSet());
        if (before != null) {
            before.stream()
                    .filter(one -> !staying.contains(one.id()))
                    .forEach(
                            gone -> accountsByInstance.computeIfPresent(gone.id(), (id, all) -> without(all, account)));
        }
        instances.forEach(one -> accountsByInstance.merge(one.id(), Set.of(account), KafkaAccounts::union));
    }

    private static @Nullable Set<String> without(Set<String> accounts, String account) {
        Set<String> rest =
                accounts.stream().filter(one -> !one.equals(account)).collect(Collectors.toUnmodifiableSet());
        return rest.isEmpty() ? null : rest;
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    }

    @PreDestroy
    void close() {
        follower.close();
    }
}
