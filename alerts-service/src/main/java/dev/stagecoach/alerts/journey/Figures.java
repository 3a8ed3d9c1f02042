package dev.stagecoach.alerts.journey;

import org.jspecify.annotations.Nullable;

/** The usage of an account, as last told. Fractions: 1 is 100 %. Unknown is null. */
public record Figures(
        @Nullable Integer mau,
        @Nullable Integer seats,
        @Nullable Double dauMean,
        @Nullable Double utilization,
        @Nullable Double usage) {
    public static final Figures UNKNOWN = new Figures(null, null, null, null, null);
}
