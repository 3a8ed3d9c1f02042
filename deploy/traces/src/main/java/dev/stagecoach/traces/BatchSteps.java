package dev.stagecoach.traces;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of one transaction at a time: they end when it is committed. For one thread. */
public final class BatchSteps {
    private final Traces traces;
    private final List<Step> open = new ArrayList<>();

    public BatchSteps(Traces traces) {
        this.traces = traces;
    }

    /** Another transaction begins. Steps that are open are of one that was rolled back. */
    public void begin() {
        open.forEach(step -> step.fail("rolled back"));
        open.clear();
    }

    /**
     * Takes up what a record led to.
     *
     * @param traceParent what the record says; null when it is part of no trace
     * @return what those carry on that come of it. Where nobody records, they are part of the trace all the same
     */
    public @Nullable String takeUp(
            String name, @Nullable String traceParent, @Nullable String account, @Nullable String event) {
        Step step = traces.takeUp(name, traceParent);
        if (step == null) {
            return traceParent;
        }
        open.add(step.about(account, event));
        return step.traceParent();
    }

    /** The transaction has been committed. */
    public void committed() {
        open.forEach(Step::end);
        open.clear();
    }
}
