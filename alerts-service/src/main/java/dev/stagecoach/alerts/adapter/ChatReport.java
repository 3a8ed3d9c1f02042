package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a place of the chat stands.
 *
 * @param place its name
 * @param waiting alerts that are still to be posted
 * @param oldest since when the first of them waits
 * @param failed alerts that the chat refused
 * @param messages how many it took
 * @param alerts how many alerts those carried
 * @param problem why the last attempt failed; null when it did not
 * @param problemSince since when all attempts have failed
 */
@TemplateData
record ChatReport(
        String place,
        long waiting,
        @Nullable Instant oldest,
        long failed,
        long messages,
        long alerts,
        @Nullable String problem,
        @Nullable Instant problemSince) {
    /** Since when the first waits, for people. */
    public String oldestText() {
        return oldest == null ? "" : PageText.time(oldest);
    }

    /** What is wrong and since when, for people; empty when nothing is. */
    public String problemText() {
        return problem == null || problemSince == null ? "" : problem + ", since " + PageText.time(problemSince);
    }
}
