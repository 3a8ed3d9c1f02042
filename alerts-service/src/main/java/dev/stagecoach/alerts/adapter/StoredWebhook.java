package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook as the REST API and the system page show it: without its secrets. */
@TemplateData
@Schema(name = "Webhook")
public record StoredWebhook(
        @Schema(examples = "crm") String name,

        @Schema(description = "Without its query", examples = "https://crm.example.com/hooks")
        String url,

        @Schema(description = "Kinds of alerts that it is told; none means all")
        List<String> kinds,

        @Schema(description = "`open`, or `parked`: nothing is sent until somebody resumes it")
        String state,

        @Schema(description = "Why the last attempt failed, or why it is parked") @Nullable String problem,

        @Schema(description = "What somebody has to do, if anybody has") @Nullable String toDo,

        @Schema(description = "Since when it has taken nothing") @Nullable Instant failingSince,

        @Schema(description = "Messages that are still to be sent")
        long waiting,

        @Schema(description = "Since when the first of them waits") @Nullable Instant oldest,

        @Schema(description = "Messages that it took") long sent,

        @Schema(description = "Messages that were given up; each can be sent again")
        long failed) {
    boolean isParked() {
        return state.equals("parked");
    }

    /** Since when the first waits, for people. */
    public String oldestText() {
        return oldest == null ? "" : PageText.time(oldest);
    }

    /** What is wrong and what to do, for people; empty when nothing is. */
    public String problemText() {
        return (problem == null ? "" : problem) + (toDo == null ? "" : "; " + toDo);
    }
}
