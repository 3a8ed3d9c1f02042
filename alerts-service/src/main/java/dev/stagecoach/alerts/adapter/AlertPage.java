package dev.stagecoach.alerts.adapter;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some alerts, newest first. */
@Schema(name = "AlertPage")
public record AlertPage(
        List<StoredAlert> alerts,

        @Schema(description = "Pass it as `after` for the ones before these; absent on the last page") @Nullable String next) {}
