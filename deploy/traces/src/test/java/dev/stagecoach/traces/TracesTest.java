package dev.stagecoach.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-01";

    private final InMemorySpanExporter recorded = InMemorySpanExporter.create();
    private final Traces traces = Traces.with(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(recorded))
            .build()
            .get("test"));

    @Test
    void aStepContinuesTheTraceOfTheSender() {
        // When
        Step step = traces.begin("take", SAMPLED);

        // Then
        assertThat(step).isNotNull();
        assertThat(step.traceParent())
                .startsWith("00-" + TRACE + "-")
                .endsWith("-01")
                .isNotEqualTo(SAMPLED);
        step.about("acme", "e1").end();
        assertThat(spans()).singleElement().satisfies(span -> {
            assertThat(span.getTraceId()).isEqualTo(TRACE);
            assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
            assertThat(span.getAttributes().asMap().toString()).contains("acme", "e1");
        });
    }

    @Test
    void aSenderWithoutATraceBeginsOne() {
        assertThat(traces.begin("take", null)).isNotNull();
        assertThat(traces.begin("take", "nonsense")).isNotNull();
    }

    @Test
    void whatTheSenderDoesNotRecordIsNotRecorded() {
        assertThat(traces.begin("take", "00-" + TRACE + "-b7ad6b7169203331-00")).isNull();
    }

    @Test
    void whatIsPartOfNoTraceBecomesNone() {
        assertThat(traces.takeUp("apply", null)).isNull();
        assertThat(traces.takeUp("apply", "nonsense")).isNull();
        assertThat(traces.turnTo("send", null)).isNull();
    }

    @Test
    void aStepIsKnownToWhatIsDoneWithinIt() {
        Step step = traces.begin("take", SAMPLED);
        assertThat(step).isNotNull();
        assertThat(traces.current()).isNull();

        String within = step.within(() -> traces.current().traceParent());

        assertThat(within).isEqualTo(step.traceParent());
        assertThat(traces.current()).isNull();
    }

    @Test
    void stepsOfABatchEndWithItsCommit() {
        // Given
        BatchSteps steps = new BatchSteps(traces);
        steps.begin();

        // When
        String handedOn = steps.takeUp("apply", SAMPLED, "acme", "e1");

        // Then
        assertThat(handedOn).startsWith("00-" + TRACE).isNotEqualTo(SAMPLED);
        assertThat(spans()).isEmpty();
        steps.committed();
        assertThat(spans()).extracting(SpanData::getStatus).containsExactly(StatusData.unset());
    }

    @Test
    void stepsOfABatchThatWasRolledBackFail() {
        // Given
        BatchSteps steps = new BatchSteps(traces);
        steps.begin();
        steps.takeUp("apply", SAMPLED, "acme", "e1");

        // When
        steps.begin();

        // Then
        assertThat(spans())
                .extracting(span -> span.getStatus().getDescription())
                .containsExactly("rolled back");
    }

    @Test
    void whoRecordsNothingHandsTheTraceOnAllTheSame() {
        BatchSteps steps = new BatchSteps(Traces.to(Optional.empty(), "test"));

        assertThat(steps.takeUp("apply", SAMPLED, "acme", "e1")).isEqualTo(SAMPLED);
        assertThat(Traces.OFF.isOn()).isFalse();
        assertThat(Traces.OFF.begin("take", SAMPLED)).isNull();
        assertThat(Traces.OFF.current()).isNull();
    }

    @Test
    void aCollectorGetsThemOverHttp() throws IOException {
        // Given
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();

        // When
        try (Traces sending = Traces.to(
                Optional.of("http://127.0.0.1:" + collector.getAddress().getPort()), "usage-ingest")) {
            Step step = sending.begin("take a ping", SAMPLED);
            assertThat(step).isNotNull();
            step.about("acme", "e1").end();
        }

        // Then
        await().untilAsserted(() ->
                assertThat(bodies).singleElement().asString().contains("usage-ingest", "take a ping", "acme", "e1"));
        collector.stop(0);
    }

    private List<SpanData> spans() {
        return recorded.getFinishedSpanItems();
    }
}
