package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.testing.fuzz.FuzzRun;
import dev.stagecoach.testing.fuzz.FuzzedRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A few thousand spoilt bodies; {@code ./stagecoach bench fuzz} sends a million. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class FuzzedBodiesTest {
    private static final long SEED = 20261130;
    private static final int REQUESTS = 5_000;

    @TestHTTPResource
    URI address;

    @Test
    void noBodyIsAnsweredWithAnErrorOfTheService() throws InterruptedException {
        // Given
        Caller caller = new Caller(address.getPort());
        await().until(() -> caller.get("/q/health/ready").status() == 200);
        FuzzRun run = new FuzzRun(address, new FuzzedRequests(SEED, List.of("local", "key-of-harbor")), 16);
        // When
        run.send(0, REQUESTS);
        // Then
        assertThat(run.wrong()).isEmpty();
        assertThat(run.answers()).containsKeys("200", "400", "401");
        Caller.Reply good = caller.post("/v1/track", "key-of-harbor", """
                {"userId":"u1","event":"search"}""");
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.json().path("recorded").intValue()).isEqualTo(1);
    }
}
