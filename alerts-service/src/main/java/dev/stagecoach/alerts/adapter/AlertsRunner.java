package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import dev.stagecoach.alerts.AlertsSettings.Slack;
import dev.stagecoach.alerts.AlertsSettings.Webhooks;
import dev.stagecoach.alerts.PostMessages;
import dev.stagecoach.alerts.PostWeekly;
import dev.stagecoach.alerts.RaiseAlerts;
import dev.stagecoach.alerts.SendWebhooks;
import dev.stagecoach.alerts.WriteDigests;
import dev.stagecoach.alerts.delivery.Burst;
import dev.stagecoach.alerts.delivery.Pace;
import dev.stagecoach.alerts.delivery.Place;
import dev.stagecoach.alerts.digest.ComposeDigest;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.alerts.rule.AlertRules;
import dev.stagecoach.alerts.webhook.Endpoint;
import dev.stagecoach.alerts.webhook.Retries;
import dev.stagecoach.events.exactlyonce.ConsumerSettings;
import dev.stagecoach.events.exactlyonce.ExactlyOnceConsumer;
import dev.stagecoach.events.exactlyonce.ExactlyOnceMetrics;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import dev.stagecoach.events.exactlyonce.OutboxRelay;
import dev.stagecoach.events.exactlyonce.Received;
import dev.stagecoach.traces.BatchSteps;
import dev.stagecoach.traces.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** Puts the parts together and runs them as long as the service runs. */
@ApplicationScoped
class AlertsRunner {
    /** What recording an attempt may take. */
    private static final Duration LEASE_BEYOND_TIMEOUT = Duration.ofSeconds(30);

    private final ExactlyOnceConsumer<Received> consumer;
    private final OutboxRelay relay;
    private final RaisedAlerts raised;
    private final BatchSteps steps;
    private final ApacheHttp slack;
    private final ApacheHttp receivers;
    private final String policyVersion;
    private final List<Place> places;
    private final List<Endpoint> webhooks;
    private final JdbcWebhookDeliveries webhookDeliveries;
    private final List<Sender> senders;

    AlertsRunner(
            AlertsSettings settings,
            DataSource database,
            Traces traces,
            @Identifier("default-kafka-broker") Map<String, Object> kafkaSettings) {
        KafkaConnection kafka = new KafkaConnection(kafkaSettings);
        AlertPolicy policy = YamlAlertPolicy.load(settings.alerts().policy());
        this.policyVersion = policy.version();
        SlackPlaces slackPlaces = SlackPlaces.of(settings.alerts().slack(), policy);
        this.places = slackPlaces.all();
        this.webhooks = WebhookEndpoints.of(settings.alerts().webhooks());
        UnaryOperator<String> link =
                account -> accountLink(settings.alerts().console().url(), account);
        RaiseAlerts raiseAlerts = new RaiseAlerts(new AlertRules(policy, link));
        WriteDigests writeDigests = new WriteDigests(policy.digest(), new ComposeDigest(policy, link));
        this.raised = new RaisedAlerts(policy);
        this.steps = new BatchSteps(traces);
        this.consumer = new ExactlyOnceConsumer<>(
                consumerSettings(settings, kafka),
                database,
                Received::read,
                new KafkaInputs(
                        raiseAlerts,
                        writeDigests,
                        new Recipients(slackPlaces.channels(), webhooks, slackPlaces.takesWeeklyDigests()),
                        policy.acknowledgedFor(),
                        raised,
                        steps));
        this.relay = new OutboxRelay(kafka, database);
        this.slack = ApacheHttp.anywhere(
                SystemDefaultDnsResolver.INSTANCE, settings.alerts().slack().timeout());
        this.receivers = receivers(settings.alerts().webhooks());
        this.webhookDeliveries = new JdbcWebhookDeliveries(
                database, settings.alerts().webhooks().timeout().plus(LEASE_BEYOND_TIMEOUT));
        this.senders = Stream.concat(
                        senders(settings.alerts().slack(), slackPlaces, policy, slack, database),
                        senders(settings.alerts().webhooks(), webhooks, receivers, webhookDeliveries))
                .toList();
    }

    private static ConsumerSettings consumerSettings(AlertsSettings settings, KafkaConnection kafka) {
        ConsumerSettings anyReplica = new ConsumerSettings(
                kafka, KafkaInputs.GROUP, KafkaInputs.TOPICS, settings.alerts().maxBatch());
        return settings.alerts().replica().map(anyReplica::ofReplica).orElse(anyReplica);
    }

    private static Stream<Sender> senders(
            Slack slack, SlackPlaces places, AlertPolicy policy, ApacheHttp http, DataSource database) {
        SlackChat chat = new SlackChat(http, places);
        Pace pace = new Pace(slack.spacing(), slack.digestSpacing(), slack.firstBackOff(), slack.longestBackOff());
        PostMessages postMessages = new PostMessages(
                new JdbcDeliveries(
                        database,
                        policy.channels().stream().collect(Collectors.toMap(Channel::key, Channel::broadcast))),
                chat,
                pace,
                Burst.of(slack.digestFrom(), slack.spacing()));
        PostWeekly postWeekly = new PostWeekly(new JdbcWeeklyDeliveries(database), chat, pace, places::ofOwner);
        return Stream.concat(
                places.all().stream().map(place -> new Sender("chat-" + place.name(), () -> postMessages.next(place))),
                places.takesWeeklyDigests()
                        ? Stream.of(new Sender("chat-weekly-digests", postWeekly::next))
                        : Stream.empty());
    }

    private static ApacheHttp receivers(Webhooks settings) {
        return ApacheHttp.direct(
                PublicAddresses.and(settings.allowPrivate().orElse(List.of()), SystemDefaultDnsResolver.INSTANCE),
                settings.timeout());
    }

    private static Stream<Sender> senders(
            Webhooks settings, List<Endpoint> endpoints, ApacheHttp receivers, JdbcWebhookDeliveries deliveries) {
        SendWebhooks sendWebhooks = new SendWebhooks(
                deliveries,
                new HttpReceivers(receivers, WebhookEndpoints.secrets(settings)),
                new Retries(settings.retries(), settings.longestPause()));
        return endpoints.stream()
                .map(endpoint -> new Sender("webhook-" + endpoint.name(), () -> sendWebhooks.next(endpoint)));
    }

    static String accountLink(URI console, String account) {
        String base = console.toString().replaceFirst("/+$", "");
        return base + "/accounts/"
                + URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void start(@Observes StartupEvent event, MeterRegistry meters) {
        webhookDeliveries.know(webhooks);
        new ExactlyOnceMetrics(consumer, relay).bindTo(meters);
        raised.bindTo(meters);
        consumer.afterCommit(raised::committed);
        consumer.afterCommit(steps::committed);
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
        receivers.close();
        senders.forEach(Sender::close);
    }

    /** Of the alert policy that decides. */
    String policyVersion() {
        return policyVersion;
    }

    /** Where messages for the chat go. */
    List<Place> places() {
        return places;
    }

    /** The programs that are told by webhook. */
    List<Endpoint> webhooks() {
        return webhooks;
    }

    /** What is decided and not published yet; empty when that is unknown. */
    Optional<OutboxRelay.Unpublished> unpublished() {
        return relay.unpublished();
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
