package dev.stagecoach.alerts.account;

import dev.stagecoach.events.UsageSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The usage of an account as of a moment. Fractions: 1 is 100 %. Unknown is null. */
public record Measured(
        Instant asOf,
        @Nullable Integer mau,
        @Nullable Integer seats,
        @Nullable Double utilization,
        @Nullable Double usage) {
    static Measured of(UsageSummary summary) {
        return new Measured(summary.asOf(), summary.mau(), summary.seats(), summary.utilization(), summary.usage());
    }
}
