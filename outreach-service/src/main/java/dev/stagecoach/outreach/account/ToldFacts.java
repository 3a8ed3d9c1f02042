package dev.stagecoach.outreach.account;

import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What events told, in the words of mails. Everything unknown is null, never zero. */
public final class ToldFacts {
    private static final int HEALTHY_POINTS = 10;

    private ToldFacts() {}

    /** A month of an account in numbers, beside the month before as far as the account knows it. */
    public static Map<String, @Nullable Object> recap(Account account, UsageRecap month) {
        Map<String, @Nullable Object> facts =
                recap(month, account.recapOf(month.month().minusMonths(1)).orElse(null));
        facts.put(
                "products",
                account.facts() == null
                        ? List.of()
                        : account.facts().products().stream()
                                .map(Product::wireName)
                                .toList());
        return facts;
    }

    /**
     * A month in numbers. Changes are relative: 0.1 is 10 % more than the month before.
     *
     * @param before the recap of the month before; null when it is not known
     */
    public static Map<String, @Nullable Object> recap(UsageRecap month, @Nullable UsageRecap before) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("month", month.month().toString());
        facts.put("mau", month.mau());
        facts.put("mauBefore", before == null ? null : before.mau());
        facts.put("mauChange", month.change());
        facts.put("dauMean", month.dauMean());
        facts.put("dauMeanBefore", before == null ? null : before.dauMean());
        facts.put("dauMeanChange", before == null ? null : change(before.dauMean(), month.dauMean()));
        facts.put("events", month.events());
        facts.put("eventsChange", before == null ? null : change(before.events(), month.events()));
        List<Map<String, Object>> features = new ArrayList<>();
        month.topFeatures()
                .forEach(use -> features.add(
                        Map.of("name", use.feature(), "title", title(use.feature()), "count", use.uses())));
        facts.put("topFeatures", features);
        facts.put("knowsAllFeatures", !features.isEmpty() && features.size() < UsageRecap.MOST_FEATURES);
        List<Map<String, Object>> days = new ArrayList<>();
        month.days().forEach(day -> days.add(Map.of("day", day.day().toString(), "dau", day.users())));
        facts.put("days", days);
        return facts;
    }

    private static @Nullable Double change(@Nullable Number before, @Nullable Number now) {
        return before == null || now == null || before.doubleValue() == 0
                ? null
                : now.doubleValue() / before.doubleValue() - 1;
    }

    /** A level of health, and the known measures that are not healthy, the weightiest category first, the worst first in it. */
    public static Map<String, @Nullable Object> health(HealthChanged change) {
        List<Map<String, @Nullable Object>> weak = new ArrayList<>();
        change.categories().stream()
                .sorted((a, b) -> Integer.compare(b.weight(), a.weight()))
                .forEach(category -> category.measures().stream()
                        .filter(measure -> measure.points() != null && measure.points() < HEALTHY_POINTS)
                        .sorted((a, b) -> Integer.compare(pointsOf(a), pointsOf(b)))
                        .forEach(measure -> weak.add(weak(category, measure))));
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("level", change.to().wireName());
        facts.put("from", change.from().wireName());
        facts.put("score", change.score());
        facts.put("weak", weak);
        return facts;
    }

    private static int pointsOf(HealthMeasure measure) {
        return measure.points() == null ? HEALTHY_POINTS : measure.points();
    }

    private static Map<String, @Nullable Object> weak(HealthCategory category, HealthMeasure measure) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("category", category.name());
        facts.put("measure", measure.name());
        facts.put("value", measure.value());
        facts.put("threshold", measure.why());
        facts.put("level", pointsOf(measure) == 0 ? "poor" : "concerning");
        return facts;
    }

    /** A feature by its name, and by a title to read: {@code batch-changes} is Batch Changes. */
    public static Map<String, @Nullable Object> feature(String name) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", name);
        facts.put("title", title(name));
        return facts;
    }

    /** The last summary of usage. */
    public static Map<String, @Nullable Object> usage(UsageSummary summary) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("mau", summary.mau());
        facts.put("seats", summary.seats());
        facts.put("utilization", summary.utilization());
        facts.put("usage", summary.usage());
        return facts;
    }

    private static String title(String name) {
        StringBuilder title = new StringBuilder();
        for (String word : name.strip().split("[\\s_-]+", -1)) {
            if (!word.isEmpty()) {
                title.append(title.isEmpty() ? "" : " ")
                        .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(word.substring(1));
            }
        }
        return title.isEmpty() ? name : title.toString();
    }
}
