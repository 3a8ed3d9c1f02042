package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as the REST API and the system page show it: without its secrets.
 *
 * @param url without its query
 * @param kinds kinds of alerts that it is told; none means all
 * @param state {@code open}, or {@code parked}: nothing is sent until somebody resumes it
 * @param problem why the last attempt failed, or why it is parked
 * @param toDo what somebody has to do, if anybody has
 * @param failingSince since when it has taken nothing
 * @param waiting messages that are still to be sent
 * @param oldest since when the first of them waits
 * @param sent messages that it took
 * @param failed messages that were given up; each can be sent again
 */
@TemplateData
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredWebhook(
        String name,
        String url,
        List<String> kinds,
        String state,
        @Nullable String problem,
        @Nullable String toDo,
        @Nullable Instant failingSince,
        long waiting,
        @Nullable Instant oldest,
        long sent,
        long failed) {
    boolean isParked() {
        return state.equals("parked");
    }

    /** Since when the first waits, for people. */
    public String oldestText() {
        return oldest == null ? "" : PageText.time(oldest);
    }

    /** How it stands, in words of ours alone: receivers quote what they were sent. */
    String standing() {
        return state + ", " + waiting + " waiting" + (oldest == null ? "" : " since " + oldest) + ", " + sent
                + " sent, "
                + failed + " given up"
                + (failingSince == null ? "" : "; takes nothing since " + failingSince + ": GET /v1/webhooks says why")
                + (toDo == null ? "" : "; " + toDo);
    }

    /** What is wrong and what to do, for people; empty when nothing is. */
    public String problemText() {
        return (problem == null ? "" : problem) + (toDo == null ? "" : "; " + toDo);
    }
}
