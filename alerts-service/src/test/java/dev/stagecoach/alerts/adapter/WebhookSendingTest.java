package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.alerts.SendWebhooks;
import dev.stagecoach.alerts.adapter.ReceiverStandIn.Hook;
import dev.stagecoach.alerts.webhook.Endpoint;
import dev.stagecoach.alerts.webhook.Retries;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.SharedPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting messages on a real database, and a receiver that looks at their signatures. */
class WebhookSendingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static PlainDatabase database;
    private static Bench bench;

    private final ReceiverStandIn receiver = new ReceiverStandIn();
    private final Endpoint endpoint = new Endpoint("crm", receiver.address(), Set.of());
    private final ApacheHttp http = ApacheHttp.direct(
            PublicAddresses.and(List.of("127.0.0.0/8"), SystemDefaultDnsResolver.INSTANCE), Duration.ofSeconds(2));
    private final List<Sender> senders = new ArrayList<>();

    @BeforeAll
    static void prepare() {
        Platform platform = SharedPlatform.with(Set.of(Part.POSTGRES));
        database = new PlainDatabase(platform, "webhooks");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/exactlyonce", "classpath:db/migration")
                .load()
                .migrate();
        bench = new Bench(platform, database.name());
    }

    @BeforeEach
    void empty() {
        bench.execute("truncate webhook_endpoint, webhook_delivery, webhook_attempt");
    }

    @AfterEach
    void end() {
        senders.forEach(Sender::end);
        http.close();
        senders.forEach(Sender::close);
        receiver.close();
    }

    @Test
    void twoSendersDeliverEachMessageOnceAndSigned() {
        // Given
        raise(20);

        // When
        start(2, SHORT);
        awaitCount("state = 'sent'", 20);

        // Then
        assertThat(receiver.all()).hasSize(20).allMatch(Hook::genuine);
        assertThat(receiver.all()).extracting(Hook::message).doesNotHaveDuplicates();
        assertThat(bench.count("select sent from webhook_endpoint")).isEqualTo(20);
    }

    @Test
    void aFailureIsTriedAgainUnderTheSameIdAndLogged() {
        // Given
        raise(1);
        receiver.answer(500, 302);

        // When
        start(1, SHORT, SHORT, SHORT);
        awaitCount("state = 'sent'", 1);

        // Then
        assertThat(receiver.all()).extracting(Hook::answered).containsExactly(500, 302, 204);
        assertThat(receiver.all()).extracting(Hook::message).containsOnly("message-1");
        assertThat(
                        bench.count(
                                "select count(*) from webhook_attempt where (number, status) in ((1, 500), (2, 302), (3, 204))"))
                .isEqualTo(3);
        assertThat(bench.count("select count(*) from webhook_endpoint where problem is null and failing_since is null"))
                .isEqualTo(1);
    }

    @Test
    void anOutageDelaysAndLosesNothing() {
        // Given
        receiver.goDown();
        raise(3);
        start(1, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, PATIENCE);
        await().atMost(PATIENCE)
                .until(() -> bench.count("select count(*) from webhook_attempt where status is null") >= 3);

        // When
        receiver.comeBack();

        // Then
        awaitCount("state = 'sent'", 3);
        assertThat(receiver.all())
                .extracting(Hook::message)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void anEndpointThatIsGoneIsParkedAndKeepsWhatWaits() {
        // Given
        raise(2);
        receiver.answer(410);

        // When
        start(1, SHORT);

        // Then
        await().atMost(PATIENCE)
                .until(() -> bench.count(
                                "select count(*) from webhook_endpoint where state = 'parked' and problem like '%410 Gone%'")
                        == 1);
        awaitCount("state = 'waiting'", 2);
        assertThat(receiver.all()).hasSize(1);
    }

    @Test
    void anEndpointThatTakesNothingForAllTheRetriesIsParked() {
        // Given
        raise(1);
        receiver.alwaysAnswer(503);

        // When
        start(1, SHORT, SHORT);

        // Then
        await().atMost(PATIENCE)
                .until(() -> bench.count(
                                "select count(*) from webhook_endpoint where state = 'parked' and problem like '%taken nothing%503%'")
                        == 1);
        awaitCount("state = 'waiting'", 1);
        assertThat(receiver.all()).hasSize(3);
    }

    private void start(int replicas, Duration... retries) {
        for (int replica = 0; replica < replicas; replica++) {
            JdbcWebhookDeliveries deliveries = new JdbcWebhookDeliveries(database, PATIENCE);
            deliveries.know(List.of(endpoint));
            SendWebhooks send = new SendWebhooks(
                    deliveries,
                    new HttpReceivers(http, Map.of("crm", List.of(WebhookSecret.of(ReceiverStandIn.SECRET)))),
                    new Retries(List.of(retries), SHORT));
            senders.add(new Sender("webhook-crm", () -> send.next(endpoint)));
        }
        senders.forEach(Sender::start);
    }

    private static void raise(int messages) {
        bench.execute(
                "insert into webhook_delivery (endpoint, message, body) select 'crm', 'message-' || n, '{\"n\":' || n || '}' from generate_series(1, "
                        + messages + ") n");
    }

    private static void awaitCount(String condition, long expected) {
        bench.awaitCount("select count(*) from webhook_delivery where " + condition, expected);
    }
}
