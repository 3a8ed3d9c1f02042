package dev.stagecoach.lifecycle.usage;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageRecap.FeatureUse;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import dev.stagecoach.lifecycle.usage.EventTally.Day;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The recap of a month, once it is over and its last usage has had time to come in. */
public final class RecapMonth {
    private RecapMonth() {}

    /** The month whose recap can be told. */
    public static YearMonth before(Instant now) {
        return YearMonth.from(today(now)).minusMonths(1);
    }

    /**
     * Whether it is time for the recap of the last month.
     *
     * @param startedOn the close date that began the relationship: a month that was over by then is none of it
     * @param recapped the last month whose recap was told
     */
    public static boolean isOver(UsagePolicy policy, LocalDate startedOn, @Nullable YearMonth recapped, Instant now) {
        YearMonth month = before(now);
        return today(now).getDayOfMonth() >= policy.recapDay()
                && (recapped == null || recapped.isBefore(month))
                && !month.isBefore(YearMonth.from(startedOn));
    }

    /** The next day after today on which it is time for the recap of a month. */
    public static LocalDate nextDay(UsagePolicy policy, LocalDate today) {
        LocalDate ofThisMonth = today.withDayOfMonth(policy.recapDay());
        return ofThisMonth.isAfter(today) ? ofThisMonth : ofThisMonth.plusMonths(1);
    }

    /** Whether there is anything to tell. */
    public static boolean isKnown(UsageRecap recap) {
        return recap.mau() != null || recap.dauMean() != null || recap.events() != null;
    }

    /** The recap of the last month; what is not known is null. */
    public static UsageRecap of(Policy policy, AccountFacts facts, UsageCounts counts, EventTally events, Instant now) {
        YearMonth month = before(now);
        UsagePolicy usage = policy.of(facts.segment()).usage();
        Integer mau = MeasureUsage.mauOf(month, usage, facts, counts, now).value();
        Integer before = MeasureUsage.mauOf(month.minusMonths(1), usage, facts, counts, now)
                .value();
        Collection<Day> days = events.daysOf(month.atDay(1), month.atEndOfMonth());
        long total = days.stream().mapToLong(Day::events).sum();
        Map<String, Long> counted = MeasureUsage.featuresOf(month, usage, facts, counts, now);
        return new UsageRecap(
                facts.account(),
                month,
                mau,
                MeasureUsage.dauMeanOf(month, usage, facts, counts, now),
                events.hasBegunBy(month) ? (Long) total : null,
                topFeatures(counted.isEmpty() ? featuresOf(days) : counted),
                mau == null || before == null || before == 0 ? null : (double) mau / before - 1,
                policy.version(),
                MeasureUsage.daysOf(month, usage, facts, counts, now));
    }

    private static Map<String, Long> featuresOf(Collection<Day> days) {
        Map<String, Long> uses = new TreeMap<>();
        days.forEach(day -> day.features().forEach((feature, count) -> uses.merge(feature, count, Long::sum)));
        return uses;
    }

    private static List<FeatureUse> topFeatures(Map<String, Long> uses) {
        return uses.entrySet().stream()
                .map(feature -> new FeatureUse(feature.getKey(), feature.getValue()))
                .sorted(Comparator.comparingLong(FeatureUse::uses).reversed().thenComparing(FeatureUse::feature))
                .limit(UsageRecap.MOST_FEATURES)
                .toList();
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
