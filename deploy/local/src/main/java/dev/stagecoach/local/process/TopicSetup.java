package dev.stagecoach.local.process;

import dev.stagecoach.events.Topics;
import dev.stagecoach.platform.PlatformException;
import dev.stagecoach.platform.TopicLeaders;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Creates the topics on a broker of one's own. */
public final class TopicSetup {

    private static final long TIMEOUT_SECONDS = 30;
    private static final int MOST_COPIES = 3;

    private TopicSetup() {}

    /**
     * Creates those that are not there, on one broker.
     *
     * @throws Complaint if Kafka does not create them
     */
    public static void createMissing(String bootstrapServers) {
        createMissing(bootstrapServers, 1);
    }

    /**
     * Creates those that are not there.
     *
     * @param brokers how many there are: each has a copy of every partition, up to three
     * @throws Complaint if Kafka does not create them
     */
    public static void createMissing(String bootstrapServers, int brokers) {
        var copies = (short) Math.min(brokers, MOST_COPIES);
        try (var admin =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            var existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            var missing = Topics.inMadeUpTime(Topics.DEFAULT_PARTITIONS, copies).stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            TopicLeaders.await(bootstrapServers, Topics.names());
        } catch (ExecutionException | TimeoutException | PlatformException e) {
            throw new Complaint("Kafka did not create the topics: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted while starting.", e);
        }
    }
}
