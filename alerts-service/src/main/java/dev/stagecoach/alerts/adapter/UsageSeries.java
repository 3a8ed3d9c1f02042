package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagecoach.alerts.journey.Journey.Entered;
import dev.stagecoach.alerts.journey.Limits;
import dev.stagecoach.events.UsageRecap.DayUsers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage by UTC day, as charts want it: each list has one value for each day, null where it is unknown.
 *
 * @param days the start of each day, in seconds since 1970
 * @param daily distinct users; known once the month's recap was told
 * @param dailyMean mean daily users of the last 28 complete days
 * @param monthly users of the last closed month
 * @param rolling users of the last 30 days
 * @param usage dailyMean / monthly
 * @param stages bands, oldest first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record UsageSeries(
        List<Long> days,
        List<@Nullable Integer> daily,
        List<@Nullable Double> dailyMean,
        List<@Nullable Integer> monthly,
        List<@Nullable Integer> rolling,
        List<@Nullable Integer> seats,
        List<@Nullable Double> utilization,
        List<@Nullable Double> usage,
        @Nullable Double utilizationTarget,
        @Nullable Double usageTarget,
        List<Band> stages) {
    /** A stage while it lasted; the last one lasts. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Band(String stage, long from, @Nullable Long to) {}

    /**
     * The series up to a day. A summary holds until the next one: it is told anew when something changes.
     *
     * @param summaries in order
     * @param months in order
     */
    static UsageSeries of(
            List<JdbcUsage.Day> summaries,
            List<JdbcUsage.Month> months,
            List<Entered> oldestFirst,
            Limits limits,
            LocalDate from,
            LocalDate upTo) {
        Builder builder = new Builder(summaries, months);
        LocalDate first = builder.firstDay(from, upTo);
        for (LocalDate day = first; !day.isAfter(upTo); day = day.plusDays(1)) {
            builder.add(day);
        }
        return new UsageSeries(
                builder.days,
                builder.daily,
                builder.dailyMean,
                builder.monthly,
                builder.rolling,
                builder.seats,
                builder.utilization,
                builder.usage,
                limits.utilization().orElse(null),
                limits.usage().orElse(null),
                bands(oldestFirst));
    }

    private static List<Band> bands(List<Entered> oldestFirst) {
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i < oldestFirst.size(); i++) {
            Entered entered = oldestFirst.get(i);
            if (entered.stage() != null) {
                Instant next =
                        i + 1 < oldestFirst.size() ? oldestFirst.get(i + 1).at() : null;
                bands.add(new Band(
                        entered.stage().wireName(),
                        entered.at().getEpochSecond(),
                        next == null ? null : next.getEpochSecond()));
            }
        }
        return bands;
    }

    /** Goes through the days. */
    private static final class Builder {
        private final List<Long> days = new ArrayList<>();
        private final List<@Nullable Integer> daily = new ArrayList<>();
        private final List<@Nullable Double> dailyMean = new ArrayList<>();
        private final List<@Nullable Integer> monthly = new ArrayList<>();
        private final List<@Nullable Integer> rolling = new ArrayList<>();
        private final List<@Nullable Integer> seats = new ArrayList<>();
        private final List<@Nullable Double> utilization = new ArrayList<>();
        private final List<@Nullable Double> usage = new ArrayList<>();

        private final List<JdbcUsage.Day> summaries;
        private final Map<LocalDate, Integer> users = new HashMap<>();
        private int next;

        Builder(List<JdbcUsage.Day> summaries, List<JdbcUsage.Month> months) {
            this.summaries = summaries;
            for (JdbcUsage.Month month : months) {
                for (DayUsers day : month.days()) {
                    users.put(day.day(), day.users());
                }
            }
        }

        /** The first day of which anything is known, but none before that asked for. */
        LocalDate firstDay(LocalDate from, LocalDate upTo) {
            LocalDate first = users.keySet().stream().min(LocalDate::compareTo).orElse(upTo.plusDays(1));
            if (!summaries.isEmpty() && summaries.get(0).day().isBefore(first)) {
                first = summaries.get(0).day();
            }
            return first.isBefore(from) ? from : first;
        }

        void add(LocalDate day) {
            while (next < summaries.size() && !summaries.get(next).day().isAfter(day)) {
                next++;
            }
            JdbcUsage.Day told = next == 0 ? null : summaries.get(next - 1);
            days.add(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
            daily.add(users.get(day));
            dailyMean.add(told == null ? null : told.figures().dauMean());
            monthly.add(told == null ? null : told.figures().mau());
            rolling.add(told == null ? null : told.rollingMau());
            seats.add(told == null ? null : told.figures().seats());
            utilization.add(told == null ? null : told.figures().utilization());
            usage.add(told == null ? null : told.figures().usage());
        }
    }
}
