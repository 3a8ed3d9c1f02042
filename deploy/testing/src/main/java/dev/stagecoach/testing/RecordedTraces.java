package dev.stagecoach.testing;

import static java.util.stream.Collectors.joining;

import dev.stagecoach.traces.Traces;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Traces for tests to look at. Only what asks for it is recorded: a request or record that is part of a trace already. */
public final class RecordedTraces {
    private final InMemorySpanExporter recorded = InMemorySpanExporter.create();
    private final Random random = new Random();
    private final Traces traces = Traces.with(SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
            .addSpanProcessor(SimpleSpanProcessor.create(recorded))
            .build()
            .get("test"));

    public Traces traces() {
        return traces;
    }

    /** A trace of its own, as the header says it. */
    public String begin() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return "00-" + HexFormat.of().formatHex(id) + "-00f067aa0ba902b7-01";
    }

    /** The id of the trace in a header, which all parts of it have in common. */
    public static String idOf(String traceParent) {
        return traceParent.split("-", -1)[1];
    }

    /** The steps of a trace that have ended, in the order of their ends: name, account and event. */
    public List<String> stepsOf(String traceParent) {
        return recorded.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(idOf(traceParent)))
                .map(RecordedTraces::text)
                .toList();
    }

    private static String text(SpanData span) {
        return span.getName() + ": "
                + span.getAttributes().asMap().entrySet().stream()
                        .map(attribute ->
                                attribute.getKey().getKey().replace("stagecoach.", "") + " " + attribute.getValue())
                        .sorted()
                        .collect(joining(", "));
    }
}
