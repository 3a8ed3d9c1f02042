package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.ingest.Caller.Reply;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What senders say about people ends at the door. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class PrivacyTest {
    private static final String EVERY_ACCOUNT = "local";

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    private final String account = "account-" + UUID.randomUUID();
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String user = "user-" + mark;
    private final String visitor = "visitor-" + mark;
    private final String mail = "ada." + mark + "@harbor.example";
    private final String ip = "2001:db8:" + mark.substring(0, 4) + "::" + mark.substring(4);
    private Caller caller;

    @BeforeEach
    void waitUntilReady() {
        caller = new Caller(address.getPort());
        await().until(() -> caller.get("/q/health/ready").status() == 200);
    }

    @Test
    void noUserNoAddressAndNoMailOfTheInputIsInAnyTopic() {
        // When
        String about =
                """
                "userId":"%s","anonymousId":"%s","context":{"groupId":"%s","ip":"%s","traits":{"email":"%s"},"userAgent":"%s",
                "page":{"url":"https://app.example.com/?user=%s"},"device":{"id":"%s"}},
                "traits":{"email":"%s","name":"%s"},"properties":{"feature":"search","email":"%s","ip":"%s","deep":{"user":"%s"}}""".formatted(user, visitor, account, ip, mail, visitor, mail, visitor, mail, user, mail, ip, user);
        for (String call : List.of("track", "page", "screen", "identify", "group")) {
            taken(caller.post(
                    "/v1/" + call, EVERY_ACCOUNT, "{\"event\":\"Search\",\"name\":\"Search\"," + about + "}"));
        }
        taken(caller.post("/v1/alias", EVERY_ACCOUNT, "{\"previousId\":\"" + mail + "\"," + about + "}"));
        taken(caller.post("/v1/batch", EVERY_ACCOUNT, "{\"batch\":[{\"event\":\"Search\"," + about + "}]}"));
        taken(caller.post(
                "/v1/track",
                EVERY_ACCOUNT,
                "{\"userId\":\"" + mail + "\",\"groupId\":\"" + account + "\",\"event\":\"Search\"}"));
        taken(caller.post("/v1/events", EVERY_ACCOUNT, """
                {"specversion":"1.0","id":"%s","source":"/test","type":"stagecoach.usage.event.v1","subject":"%s",
                 "data":{"user":"%s","name":"Search","properties":{"email":"%s","ip":"%s"}}}""".formatted(UUID.randomUUID(), account, mail, mail, ip)));
        taken(caller.post("/updates", EVERY_ACCOUNT, """
                {"site":"site-of-%s","account":"%s","version":"5.3.0","initAdmin":"%s"}""".formatted(account, account, mail)));
        // Then
        assertThat(new Topic(platform.bootstrapServers(), Topics.USAGE_EVENTS).ofAccount(account, UsageEvent.class))
                .hasSizeGreaterThanOrEqualTo(6);
        assertThat(said()).isNotEmpty().noneMatch(text -> text.contains(mark) || text.contains(ip));
    }

    @Test
    void whatIsRejectedIsInQuarantineAsItCameAndNowhereElse() {
        // When
        Reply reply = caller.post(
                "/v1/track",
                EVERY_ACCOUNT,
                "{\"userId\":\"%s\",\"groupId\":\"%s\",\"context\":{\"ip\":\"%s\"}}".formatted(mail, account, ip));
        // Then
        assertThat(reply.json().path("rejected")).hasSize(1);
        assertThat(new Topic(platform.bootstrapServers(), Topics.USAGE_QUARANTINE)
                        .records(one -> Topic.text(one).contains(mail)))
                .hasSize(1)
                .allSatisfy(one -> assertThat(headers(one)).noneMatch(text -> text.contains(mark)));
        assertThat(said(Topics.names().stream().filter(name -> !name.equals(Topics.USAGE_QUARANTINE))))
                .noneMatch(text -> text.contains(mark));
    }

    private static void taken(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(200, 204);
        assertThat(reply.text()).doesNotContain("reason");
    }

    private List<String> said() {
        return said(Topics.names().stream());
    }

    private List<String> said(Stream<String> topics) {
        return topics.flatMap(name -> new Topic(platform.bootstrapServers(), name).records().stream())
                .flatMap(one -> Stream.concat(
                        Stream.of(String.valueOf(one.key()), one.value() == null ? "" : Topic.text(one)), headers(one)))
                .toList();
    }

    private static Stream<String> headers(ConsumerRecord<String, byte[]> one) {
        return Stream.of(one.headers().toArray())
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
