package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import dev.stagecoach.alerts.AlertsSettings.Slack;
import dev.stagecoach.alerts.PostMessages;
import dev.stagecoach.alerts.RaiseAlerts;
import dev.stagecoach.alerts.delivery.Burst;
import dev.stagecoach.alerts.delivery.Pace;
import dev.stagecoach.alerts.delivery.Place;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together and runs them as long as the service runs. */
@ApplicationScoped
class AlertsRunner {
    private final ExactlyOnceConsumer<Received> consumer;
    private final OutboxRelay relay;
    private final ApacheHttp slack;
    private final List<Place> places;
    private final List<Sender> senders;

    AlertsRunner(
            AlertsSettings settings,
            DataSource database,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        AlertPolicy policy = YamlAlertPolicy.load(settings.alerts().policy());
        SlackPlaces slackPlaces = SlackPlaces.of(settings.alerts().slack(), policy);
        this.places = slackPlaces.all();
        RaiseAlerts raiseAlerts = new RaiseAlerts(new AlertRules(
                policy, account -> accountLink(settings.alerts().console().url(), account)));
        this.consumer = new ExactlyOnceConsumer<>(
                consumerSettings(settings, bootstrapServers),
                database,
                Received::read,
                new KafkaInputs(raiseAlerts, slackPlaces.channels()));
        this.relay = new OutboxRelay(bootstrapServers, database);
        this.slack = ApacheHttp.anywhere(
                SystemDefaultDnsResolver.INSTANCE, settings.alerts().slack().timeout());
        this.senders = senders(settings.alerts().slack(), slackPlaces, policy, slack, database);
    }

    private static ConsumerSettings consumerSettings(AlertsSettings settings, String bootstrapServers) {
        ConsumerSettings anyReplica = new ConsumerSettings(
                bootstrapServers,
                KafkaInputs.GROUP,
                KafkaInputs.TOPICS,
                settings.alerts().maxBatch());
        return settings.alerts().replica().map(anyReplica::ofReplica).orElse(anyReplica);
    }

    private static List<Sender> senders(
            Slack slack, SlackPlaces places, AlertPolicy policy, ApacheHttp http, DataSource database) {
        PostMessages postMessages = new PostMessages(
                new JdbcDeliveries(
                        database,
                        policy.channels().stream().collect(Collectors.toMap(Channel::key, Channel::broadcast))),
                new SlackChat(http, places),
                new Pace(slack.spacing(), slack.digestSpacing(), slack.firstBackOff(), slack.longestBackOff()),
                Burst.of(slack.digestFrom(), slack.spacing()));
        return places.all().stream()
                .map(place -> new Sender("chat-" + place.name(), () -> postMessages.next(place)))
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
        senders.forEach(Sender::start);
        relay.start();
        consumer.start();
    }

    void stop(@Observes ShutdownEvent event) {
        senders.forEach(Sender::end);
        consumer.close();
        relay.close();
        slack.close();
        senders.forEach(Sender::close);
    }

    /** Where messages for the chat go. */
    List<Place> places() {
        return places;
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
