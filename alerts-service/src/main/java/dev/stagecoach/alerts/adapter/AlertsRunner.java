package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import dev.stagecoach.alerts.AlertsSettings.Slack;
import dev.stagecoach.alerts.PostMessages;
import dev.stagecoach.alerts.RaiseAlerts;
import dev.stagecoach.alerts.delivery.Pace;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.alerts.rule.AlertRules;
import dev.stagecoach.events.exactlyonce.ConsumerSettings;
import dev.stagecoach.events.exactlyonce.ExactlyOnceConsumer;
import dev.stagecoach.events.exactlyonce.ExactlyOnceMetrics;
import dev.stagecoach.events.exactlyonce.OutboxRelay;
import dev.stagecoach.events.exactlyonce.Received;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together and runs them as long as the service runs. */
@ApplicationScoped
class AlertsRunner {
    private final ExactlyOnceConsumer<Received> consumer;
    private final OutboxRelay relay;
    private final List<ChatSender> senders;

    AlertsRunner(
            AlertsSettings settings,
            DataSource database,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        AlertPolicy policy = YamlAlertPolicy.load(settings.alerts().policy());
        Map<String, URI> webhooks = webhooks(settings.alerts().slack(), policy);
        RaiseAlerts raiseAlerts = new RaiseAlerts(new AlertRules(
                policy, account -> accountLink(settings.alerts().console().url(), account)));
        this.consumer = new ExactlyOnceConsumer<>(
                consumerSettings(settings, bootstrapServers),
                database,
                Received::read,
                new KafkaInputs(raiseAlerts, webhooks.keySet()));
        this.relay = new OutboxRelay(bootstrapServers, database);
        this.senders = senders(settings.alerts().slack(), webhooks, database);
    }

    private static ConsumerSettings consumerSettings(AlertsSettings settings, String bootstrapServers) {
        ConsumerSettings anyReplica = new ConsumerSettings(
                bootstrapServers,
                KafkaInputs.GROUP,
                KafkaInputs.TOPICS,
                settings.alerts().maxBatch());
        return settings.alerts().replica().map(anyReplica::ofReplica).orElse(anyReplica);
    }

    private static Map<String, URI> webhooks(Slack slack, AlertPolicy policy) {
        List<String> known = policy.channels().stream().map(Channel::key).toList();
        for (String key : slack.channels().keySet()) {
            if (!known.contains(key)) {
                throw new PolicyException("stagecoach.alerts.slack.channels." + key
                        + ": no channel of the policy (expected one of: " + String.join(", ", known) + ")");
            }
        }
        Map<String, URI> webhooks = new HashMap<>();
        known.forEach(key -> slack.webhookOf(key).ifPresent(webhook -> webhooks.put(key, webhook)));
        return webhooks;
    }

    private static List<ChatSender> senders(Slack slack, Map<String, URI> webhooks, DataSource database) {
        PostMessages postMessages = new PostMessages(
                new JdbcDeliveries(database),
                new SlackWebhook(webhooks, slack.timeout()),
                new Pace(slack.spacing(), slack.firstBackOff(), slack.longestBackOff()));
        return webhooks.keySet().stream()
                .map(channel -> new ChatSender(postMessages, channel))
                .toList();
    }

    static String accountLink(URI console, String account) {
        String base = console.toString().replaceFirst("/+$", "");
        return base + "/accounts/"
                + URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void start(@Observes StartupEvent event, MeterRegistry meters) {
        new ExactlyOnceMetrics(consumer, relay).bindTo(meters);
        consumer.afterCommit(relay::wake);
        senders.forEach(sender -> consumer.afterCommit(sender::wake));
        senders.forEach(ChatSender::start);
        relay.start();
        consumer.start();
    }

    void stop(@Observes ShutdownEvent event) {
        consumer.close();
        relay.close();
        senders.forEach(ChatSender::close);
    }

    /** Why nothing goes on; empty when all is well. */
    Optional<String> problem() {
        return Stream.of(consumer.problem(), relay.problem())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What has ended for good although the service runs; empty when nothing has. */
    Optional<String> stopped() {
        return consumer.stopped().or(relay::stopped);
    }

    /** What is held up while all else goes on; empty when nothing is. */
    Optional<String> blocked() {
        return consumer.blocked().or(relay::blocked);
    }
}
