package dev.stagecoach.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records what a service does for one ping or event, as a step of the trace that began where it came in. Off unless somebody collects
 * traces: then each call is a look at a field, and OpenTelemetry is not started.
 */
public final class Traces implements AutoCloseable {
    /** The header that carries a trace on, over HTTP and in records of Kafka. */
    public static final String HEADER = "traceparent";

    /** What the services look up to know whether, and where, somebody collects traces. */
    public static final String ENDPOINT = "otel.exporter.otlp.endpoint";

    public static final Traces OFF = new Traces(null, () -> {});

    private static final TextMapGetter<String> ONLY_VALUE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String header, String key) {
            return key.equals(HEADER) ? header : null;
        }
    };

    private final @Nullable Tracer tracer;
    private final Runnable flush;

    private Traces(@Nullable Tracer tracer, Runnable flush) {
        this.tracer = tracer;
        this.flush = flush;
    }

    /** Records with a tracer of somebody else's making. */
    public static Traces with(Tracer tracer) {
        return new Traces(tracer, () -> {});
    }

    /**
     * Records for a collector; off without one. What else the environment says, as {@code OTEL_TRACES_SAMPLER} or
     * {@code OTEL_EXPORTER_OTLP_HEADERS}, holds as OpenTelemetry describes it.
     *
     * @param endpoint where the collector takes OTLP over HTTP, as {@code http://collector.example.com:4318}
     */
    public static Traces to(Optional<String> endpoint, String service) {
        return endpoint.map(address -> to(address, service)).orElse(OFF);
    }

    private static Traces to(String endpoint, String service) {
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> Map.of(
                        ENDPOINT,
                        endpoint,
                        "otel.service.name",
                        service,
                        "otel.exporter.otlp.protocol",
                        "http/protobuf",
                        "otel.metrics.exporter",
                        "none",
                        "otel.logs.exporter",
                        "none"))
                .build()
                .getOpenTelemetrySdk();
        return new Traces(sdk.getTracer("dev.stagecoach"), sdk::close);
    }

    /** Whether somebody collects traces. */
    public boolean isOn() {
        return tracer != null;
    }

    /**
     * Begins what a request asks for, as a step of the sender's trace or as the first of a new one.
     *
     * @param traceParent what the sender says; null when it says nothing
     * @return null where nothing is recorded
     */
    public @Nullable Step begin(String name, @Nullable String traceParent) {
        return tracer == null ? null : start(tracer, name, SpanKind.SERVER, parse(traceParent));
    }

    /**
     * Takes up what a record led to.
     *
     * @param traceParent what the record says; null when it is part of no trace
     * @return null where nothing is recorded
     */
    public @Nullable Step takeUp(String name, @Nullable String traceParent) {
        return further(name, SpanKind.CONSUMER, traceParent);
    }

    /**
     * Turns to another program, for something that is part of a trace.
     *
     * @return null where nothing is recorded
     */
    public @Nullable Step turnTo(String name, @Nullable String traceParent) {
        return further(name, SpanKind.CLIENT, traceParent);
    }

    /** The step that is done on this thread; null where nothing is recorded. */
    public @Nullable Step current() {
        if (tracer == null) {
            return null;
        }
        Span span = Span.current();
        return span.isRecording() ? new Step(span) : null;
    }

    private @Nullable Step further(String name, SpanKind kind, @Nullable String traceParent) {
        if (tracer == null || traceParent == null) {
            return null;
        }
        Context parent = parse(traceParent);
        return Span.fromContext(parent).getSpanContext().isValid() ? start(tracer, name, kind, parent) : null;
    }

    private static Context parse(@Nullable String traceParent) {
        return traceParent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceParent, ONLY_VALUE);
    }

    private static @Nullable Step start(Tracer tracer, String name, SpanKind kind, Context parent) {
        Span span = tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
        return span.getSpanContext().isSampled() ? new Step(span) : null;
    }

    /** Sends what is recorded and not sent yet. */
    @Override
    public void close() {
        flush.run();
    }
}
