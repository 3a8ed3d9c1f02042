package dev.stagecoach.platform;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Whether new topics can be written to. */
public final class TopicLeaders {

    private static final Patience PATIENCE = Patience.of(Duration.ofSeconds(30), Duration.ofMillis(20));

    private TopicLeaders() {}

    /**
     * Returns when the leaders of all partitions of topics answer.
     *
     * <p>The controller has a new topic some moments before its brokers. A producer that writes in between has its first batch
     * refused, and when the second one, already under way, is taken, the first one's second try is out of sequence for as
     * long as it is repeated: two minutes later the producer gives it up.
     *
     * @throws PlatformException if they do not within 30 seconds
     */
    public static void await(String bootstrapServers, Collection<String> topics) {
        try (var admin = admin(bootstrapServers)) {
            if (!PATIENCE.until(() -> answer(admin, topics))) {
                throw new PlatformException("The topics " + topics + " had no leaders within "
                        + PATIENCE.most().toSeconds() + " s.");
            }
        }
    }

    /** Kafka loads its parts by the thread's class loader, which in a test is one that has a Kafka client of its own. */
    private static Admin admin(String bootstrapServers) {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(TopicLeaders.class.getClassLoader());
        try {
            return Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private static boolean answer(Admin admin, Collection<String> topics) {
        try {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> topic.partitions()
                            .forEach(partition ->
                                    ends.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
            admin.listOffsets(ends).all().get();
            return true;
        } catch (ExecutionException e) {
            // A broker that has not heard of a topic yet does not know it.
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw new PlatformException("Kafka does not say where the topics end: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
