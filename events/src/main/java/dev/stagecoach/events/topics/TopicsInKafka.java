package dev.stagecoach.events.topics;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** The topics of a running Kafka. */
final class TopicsInKafka {
    private final Admin admin;

    TopicsInKafka(Admin admin) {
        this.admin = admin;
    }

    TopicPlan compare(List<NewTopic> wanted) throws ExecutionException, InterruptedException {
        Set<String> names = admin.listTopics().names().get();
        List<String> existing =
                wanted.stream().map(NewTopic::name).filter(names::contains).toList();
        Map<String, TopicDescription> descriptions =
                admin.describeTopics(existing).allTopicNames().get();
        return TopicPlan.of(wanted, descriptions, configurations(existing));
    }

    private Map<String, Config> configurations(Collection<String> topics)
            throws ExecutionException, InterruptedException {
        List<ConfigResource> resources =
                topics.stream().map(TopicsInKafka::resource).toList();
        return admin.describeConfigs(resources).all().get().entrySet().stream()
                .collect(toMap(found -> found.getKey().name(), Map.Entry::getValue));
    }

    /** Creates what is missing and changes settings. */
    void apply(TopicPlan plan) throws ExecutionException, InterruptedException {
        admin.createTopics(plan.missing()).all().get();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = plan.settings().entrySet().stream()
                .collect(toMap(change -> resource(change.getKey()), change -> operations(change.getValue())));
        admin.incrementalAlterConfigs(changes).all().get();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static Collection<AlterConfigOp> operations(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
                .map(setting -> new AlterConfigOp(setting, AlterConfigOp.OpType.SET))
                .toList();
    }
}
