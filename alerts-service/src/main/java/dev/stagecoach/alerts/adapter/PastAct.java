package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that was done with an alert, as the REST API shows it. */
@Schema(name = "Act")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastAct(
        @Schema(
                description = "acknowledge, snooze, assign, comment, reopen; wake when a snooze was over",
                examples = "acknowledge")
        String act,

        @Schema(examples = "ana@team.example.com") String author,
        Instant at,
        @Nullable Instant until,
        @Nullable String assignee,
        @Nullable String comment) {}
