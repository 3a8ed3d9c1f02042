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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that name no account, with a key for many: of users of whom identify, group and alias calls told where they belong. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class LinkedUsersTest {
    private static final String EVERY_ACCOUNT = "local";

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    private final String account = "account-" + UUID.randomUUID();
    private final String another = "account-" + UUID.randomUUID();
    private final String user = "ada-" + UUID.randomUUID() + "@harbor.example";
    private Caller caller;
    private Topic events;

    @BeforeEach
    void waitUntilReady() {
        caller = new Caller(address.getPort());
        events = new Topic(platform.bootstrapServers(), Topics.USAGE_EVENTS);
        await().until(() -> caller.get("/q/health/ready").status() == 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"group\",\"userId\":\"USER\",\"groupId\":\"ACCOUNT\"}",
                "{\"type\":\"identify\",\"userId\":\"USER\",\"context\":{\"groupId\":\"ACCOUNT\"}}",
                "{\"type\":\"identify\",\"anonymousId\":\"USER\",\"groupId\":\"ACCOUNT\"}",
                "{\"type\":\"identify\",\"userId\":\"somebody\",\"anonymousId\":\"USER\",\"groupId\":\"ACCOUNT\"}"
            })
    void countForTheAccountThatACallNamed(String call) {
        // Given
        send(call.replace("USER", user).replace("ACCOUNT", account));
        // When
        Reply reply = use(user);
        // Then
        assertThat(reply.json().path("recorded").intValue()).as(reply.text()).isOne();
        assertThat(events.ofAccount(account, UsageEvent.class)).hasSize(1);
    }

    @Test
    void countInTheSameBatchToo() {
        // When
        Reply reply = send(
                "{\"type\":\"group\",\"userId\":\"USER\",\"groupId\":\"ACCOUNT\"},{\"userId\":\"USER\",\"event\":\"search\"}"
                        .replace("USER", user)
                        .replace("ACCOUNT", account));
        // Then
        assertThat(reply.json().path("recorded").intValue()).as(reply.text()).isOne();
    }

    @Test
    void countForTheAccountOfThePreviousIdOfAnAlias() {
        // Given
        group(user, account);
        String now = user + ".new";
        send("{\"type\":\"alias\",\"previousId\":\"%s\",\"userId\":\"%s\"}".formatted(user, now));
        // When
        Reply reply = use(now);
        // Then
        assertThat(reply.json().path("recorded").intValue()).as(reply.text()).isOne();
        assertThat(events.ofAccount(account, UsageEvent.class)).hasSize(1);
    }

    @Test
    void areRejectedRatherThanGuessedWhenTheUserBelongsToTwo() {
        // Given
        group(user, account);
        group(user, another);
        // When
        Reply reply = use(user);
        // Then
        assertThat(reply.json().path("rejected").path(0).path("reason").textValue())
                .isEqualTo("groupId: missing, and this user belongs to 2 accounts (expected: context.groupId)");
        assertThat(events.ofAccount(account, UsageEvent.class)).isEmpty();
        assertThat(events.ofAccount(another, UsageEvent.class)).isEmpty();
    }

    @Test
    void areRejectedWhenNobodyToldWhereTheUserBelongs() {
        assertThat(use(user).json().path("rejected").path(0).path("reason").textValue())
                .isEqualTo(
                        "groupId: missing (expected: context.groupId, since this write key speaks for many accounts; "
                                + "or before, a group call that names the account of this user)");
    }

    @Test
    void countForTheAccountOfAKeyThatHasOneWhateverGroupsTheSenderKnows() {
        // When
        caller.post("/v1/group", "key-of-harbor", "{\"userId\":\"%s\",\"groupId\":\"team-7\"}".formatted(user));
        Reply reply =
                caller.post("/v1/track", "key-of-harbor", "{\"userId\":\"%s\",\"event\":\"search\"}".formatted(user));
        // Then
        assertThat(reply.json().path("recorded").intValue()).as(reply.text()).isOne();
    }

    @Test
    void aCallThatIsRejectedIsNotIgnoredToo() {
        // When
        Reply reply = send("{\"type\":\"group\",\"groupId\":\"%s\"}".formatted(account));
        // Then
        assertThat(reply.json().path("rejected")).hasSize(1);
        assertThat(reply.json().path("ignored").intValue()).isZero();
    }

    private void group(String who, String where) {
        assertThat(send("{\"type\":\"group\",\"userId\":\"%s\",\"groupId\":\"%s\"}".formatted(who, where))
                        .status())
                .isEqualTo(200);
    }

    private Reply use(String who) {
        return send("{\"type\":\"track\",\"userId\":\"%s\",\"event\":\"search\"}".formatted(who));
    }

    private Reply send(String calls) {
        return caller.post("/v1/batch", EVERY_ACCOUNT, "{\"batch\":[" + calls + "]}");
    }
}
