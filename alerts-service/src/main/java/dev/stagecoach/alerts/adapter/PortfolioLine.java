package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.HealthLevel;
import io.quarkus.qute.TemplateData;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account in the portfolio.
 *
 * @param scores health at the latest changes of its level, the latest last; null where it was unknown
 * @param reasons why it needs attention, the weightiest first
 * @param today as ticks tell it
 */
@TemplateData
record PortfolioLine(
        String id,
        String name,
        @Nullable String segment,
        List<String> products,
        @Nullable String technicalAdvisor,
        @Nullable String accountExecutive,
        @Nullable String stageName,
        @Nullable Instant stageSince,
        HealthLevel level,
        @Nullable Double score,
        List<@Nullable Double> scores,
        @Nullable Instant usageAsOf,
        @Nullable Integer mau,
        @Nullable Integer seatCount,
        boolean unlimitedSeats,
        @Nullable Double utilization,
        @Nullable Double usageShare,
        @Nullable Integer rollingMau,
        @Nullable LocalDate renewsOn,
        int attention,
        List<String> reasons,
        Optional<LocalDate> today) {
    private static final int FULL_BAR = 100;
    /** Points of utilization within which it counts as steady. */
    private static final double STEADY = 0.02;

    public String link() {
        return AlertsRunner.accountLink(URI.create(""), id);
    }

    public String stage() {
        return stageName == null ? "No stage yet" : stageName;
    }

    /** Chooses the stage's hue. */
    public String stageClass() {
        return stageName == null ? "none" : stageName.toLowerCase(Locale.ROOT);
    }

    /** Days in the stage; null when it or the time is not known. */
    public @Nullable Long stageDays() {
        Instant since = stageSince;
        return since == null
                ? null
                : today.map(day -> ChronoUnit.DAYS.between(dateOf(since), day)).orElse(null);
    }

    public String stageTitle() {
        return stageSince == null ? "" : "since " + PageText.date(dateOf(stageSince));
    }

    public String segmentText() {
        return String.join(
                " · ",
                Stream.concat(Stream.ofNullable(segment), products.stream()).toList());
    }

    public String healthClass() {
        return level.wireName();
    }

    /** A shape for each level, so that nobody needs to tell colours apart. */
    public String healthShape() {
        return switch (level) {
            case HEALTHY -> "●";
            case CONCERNING -> "▲";
            case POOR -> "■";
            case UNKNOWN -> "–";
        };
    }

    public String scoreText() {
        return score == null ? "" : String.format(Locale.ENGLISH, "%.1f", score);
    }

    /** Changes of level are told, and with them the score: the account's own page asks for the one of today. */
    public @Nullable String scoreTitle() {
        return score == null ? null : "score when it became " + level.wireName();
    }

    /** The heights of the trend's bars, 2 to 16; unknown ones are left out. */
    public List<Point> trend() {
        List<Double> known = scores.stream().filter(Objects::nonNull).toList();
        return known.size() < 2
                ? List.of()
                : java.util.stream.IntStream.range(0, known.size())
                        .mapToObj(place -> Point.of(place, known.get(place)))
                        .toList();
    }

    public String trendText() {
        return "health at its latest changes: "
                + String.join(
                        ", ",
                        scores.stream()
                                .map(one -> one == null ? "unknown" : String.format(Locale.ENGLISH, "%.1f", one))
                                .toList());
    }

    public boolean hasUtilization() {
        return utilization != null;
    }

    public String utilizationText() {
        return utilization == null ? "unknown" : PageText.percent(utilization);
    }

    /** What the share is of, or why it is not known. */
    public String utilizationTitle() {
        if (utilization != null) {
            String current = rollingMau == null ? "" : "; " + rollingMau + " in the last 30 days";
            return mau + " of " + seatCount + (unlimitedSeats ? " addressable users" : " seats") + current;
        }
        if (usageAsOf == null) {
            return "no usage yet";
        }
        return seatCount == null ? "no seats entered" : "no closed month yet";
    }

    /** Of 100; more does not fit. */
    public int utilizationBar() {
        return utilization == null ? 0 : Math.min(FULL_BAR, PageText.wholePercent(utilization));
    }

    /** Where the last 30 days are beside the month that counts. */
    public String utilizationTrend() {
        if (utilization == null || rollingMau == null || seatCount == null || seatCount == 0) {
            return "";
        }
        double change = (double) rollingMau / seatCount - utilization;
        if (Math.abs(change) < STEADY) {
            return "→";
        }
        return change > 0 ? "↗" : "↘";
    }

    public String usageText() {
        return usageShare == null ? "unknown" : PageText.percent(usageShare);
    }

    public boolean hasUsage() {
        return usageShare != null;
    }

    public String seatsText() {
        if (unlimitedSeats) {
            return "unlimited";
        }
        return seatCount == null ? "–" : String.format(Locale.ENGLISH, "%,d", seatCount);
    }

    public String renewsIn() {
        LocalDate day = renewsOn;
        return day == null
                ? "not entered"
                : today.map(now -> PageText.days(now, day)).orElseGet(() -> PageText.date(day));
    }

    public String renewsText() {
        return renewsOn == null ? "" : PageText.date(renewsOn);
    }

    public String owners() {
        List<String> owners = Stream.of(technicalAdvisor, accountExecutive)
                .filter(Objects::nonNull)
                .toList();
        return owners.isEmpty() ? "–" : String.join(", ", owners);
    }

    public String reasonsText() {
        return String.join("; ", reasons);
    }

    private static LocalDate dateOf(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** A bar of the trend, in a drawing 16 high. */
    @TemplateData
    record Point(int x, int y, int height) {
        private static final int WIDTH = 6;
        private static final int FULL = 16;
        private static final int LEAST = 2;
        private static final double BEST = 10;

        static Point of(int place, double score) {
            int height = LEAST + (int) Math.round(score / BEST * (FULL - LEAST));
            return new Point(place * WIDTH, FULL - height, height);
        }
    }
}
