package dev.stagecoach.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A step of a trace, from its beginning to its end. Says what it is about by ids: never by names or addresses of people. */
public final class Step {
    private final Span span;

    Step(Span span) {
        this.span = span;
    }

    /** What it is about. */
    public Step about(@Nullable String account, @Nullable String event) {
        if (account != null) {
            span.setAttribute("stagecoach.account", account);
        }
        if (event != null) {
            span.setAttribute("stagecoach.event", event);
        }
        return this;
    }

    /** What those carry on that come of it, under the name {@link Traces#HEADER}. */
    public String traceParent() {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, Map::put);
        return headers.getOrDefault(Traces.HEADER, "");
    }

    /** Does something on this thread as a part of this step. */
    public <T> T within(Supplier<T> doing) {
        Scope scope = span.makeCurrent();
        try {
            return doing.get();
        } finally {
            scope.close();
        }
    }

    public void end() {
        span.end();
    }

    /** Ends it; why is to be said without names and addresses of people. */
    public void fail(String why) {
        span.setStatus(StatusCode.ERROR, why);
        span.end();
    }
}
