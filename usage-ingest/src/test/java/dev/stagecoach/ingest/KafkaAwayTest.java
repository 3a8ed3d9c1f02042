package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.ingest.Caller.Reply;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A Kafka that stops answering for a while. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class KafkaAwayTest {
    private static final String EVERY_ACCOUNT = "local";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    private final String account = "account-" + UUID.randomUUID();
    private Caller caller;

    @BeforeEach
    void waitUntilReady() {
        caller = new Caller(address.getPort());
        await().until(() -> caller.get("/q/health/ready").status() == 200);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no SIGSTOP")
    void costsNoEventThatWasTakenAndNoneThatIsSentAgain() throws Exception {
        // Given
        var broker = platform.process(Part.KAFKA);
        assumeThat(broker).as("the broker's process, which a container hides").isPresent();
        List<String> taken = new ArrayList<>();
        assertThat(send("before").status()).isEqualTo(200);
        taken.add("before");
        // When
        List<String> refused = new ArrayList<>();
        List<Reply> refusals = new ArrayList<>();
        signal("STOP", broker.get().pid());
        try {
            // What was on its way to the broker may still be confirmed.
            for (int i = 0; refused.size() < 3; i++) {
                String id = "meanwhile-" + i;
                Reply reply = send(id);
                if (reply.status() == 200) {
                    taken.add(id);
                } else {
                    refused.add(id);
                    refusals.add(reply);
                }
            }
        } finally {
            signal("CONT", broker.get().pid());
        }
        // Then
        assertThat(refusals).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("5");
        });
        for (String again : refused) {
            await().atMost(PATIENCE).until(() -> send(again).status() == 200);
        }
        List<String> all = new ArrayList<>(taken);
        all.addAll(refused);
        assertThat(new Topic(platform.bootstrapServers(), Topics.USAGE_EVENTS).ofAccount(account, UsageEvent.class))
                .extracting(UsageEvent::id)
                .containsOnlyOnceElementsOf(taken)
                .containsAll(all);
    }

    private Reply send(String id) {
        return caller.post(
                "/v1/track",
                EVERY_ACCOUNT,
                "{\"messageId\":\"%s\",\"userId\":\"u\",\"event\":\"search\",\"groupId\":\"%s\"}"
                        .formatted(id, account));
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
