package dev.stagecoach.outreach.letter;

import dev.stagecoach.outreach.letter.Health.Weakness;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a campaign's trigger told, in the words of a mail. What is not known is said to be so, and is never zero. */
public final class Particulars {
    private static final int MOST_FEATURES = 3;
    private static final int MOST_WEAKNESSES = 3;
    private static final int FEWEST_DAYS = 7;
    private static final int LONGEST_TITLE = 60;
    private static final int MONTHS = 12;
    /** Whoever sends usage names features: of dots, colons and slashes mail programs would make a link. */
    private static final Pattern UNPRINTED = Pattern.compile("[^\\p{L}\\p{M}\\p{N}+#&'()-]+");

    private final Words words;
    private final Numbers numbers;

    public Particulars(Words words) {
        this.words = words;
        this.numbers = new Numbers(words.language());
    }

    /**
     * The variables that a trigger adds.
     *
     * @param facts as kept with what the trigger started
     * @param picture the address of a picture of the days
     */
    public Map<String, @Nullable Object> of(Map<String, ?> facts, String picture) {
        Told told = Told.of(facts);
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("usage", usage(told.part("usage")));
        variables.put("recap", recap(told.part("recap"), told.part("usage"), picture));
        variables.put("health", health(told.part("health")));
        variables.put("feature", feature(told.part("feature")));
        variables.put(
                "quarter",
                new Quarter(told.part("quarter").number("number").orElse(1.0).intValue()));
        return variables;
    }

    private Usage usage(Told told) {
        Optional<Double> mau = told.number("mau");
        Optional<Double> seats = told.number("seats");
        Optional<Double> free =
                mau.flatMap(used -> seats.map(bought -> bought - used)).filter(left -> left > 0);
        return new Usage(
                mau.map(numbers::whole).orElse(null),
                seats.map(numbers::whole).orElse(null),
                told.number("utilization").map(numbers::percent).orElse(null),
                told.number("usage").map(numbers::percent).orElse(null),
                free.map(numbers::whole).orElse(null));
    }

    private @Nullable Recap recap(Told told, Told usage, String src) {
        Optional<YearMonth> month = told.text("month").map(YearMonth::parse);
        if (month.isEmpty()) {
            return null;
        }
        String before = numbers.monthName(month.get().minusMonths(1));
        List<Figure> figures = new ArrayList<>();
        figures.add(figure("activeUsers", told.number("mau").map(numbers::whole), told.number("mauChange"), before));
        figures.add(
                figure("dailyUsers", told.number("dauMean").map(numbers::mean), told.number("dauMeanChange"), before));
        Optional<String> events = told.number("events").map(numbers::whole);
        Optional<String> utilization = usage.number("utilization").map(numbers::percent);
        figures.add(
                events.isEmpty() && utilization.isPresent()
                        ? figure("seatsInUse", utilization, Optional.empty(), before)
                        : figure("actions", events, told.number("eventsChange"), before));
        return new Recap(
                numbers.month(month.get()),
                figures,
                features(told),
                untried(month.get(), told),
                picture(month.get(), told.parts("days"), src));
    }

    private Figure figure(String label, Optional<String> value, Optional<Double> change, String before) {
        String changed = change.map(ratio -> Numbers.isNoChange(ratio)
                        ? words.of("unchanged", before)
                        : words.of("changed", numbers.change(ratio), before))
                .orElse(null);
        return new Figure(words.of(label), value.orElse(words.of("unknown")), changed);
    }

    private List<FeatureUse> features(Told told) {
        return told.parts("topFeatures").stream()
                .limit(MOST_FEATURES)
                .map(use -> new FeatureUse(
                        titleOf(use), use.number("count").map(numbers::whole).orElse(words.of("unknown"))))
                .toList();
    }

    /** Another one each month, as long as there are others. */
    private @Nullable Untried untried(YearMonth month, Told told) {
        if (!told.isTrue("knowsAllFeatures")) {
            return null;
        }
        Set<String> used = told.parts("topFeatures").stream()
                .flatMap(use -> use.text("name").stream())
                .collect(Collectors.toSet());
        List<Map.Entry<String, String>> ideas = told.texts("products").stream()
                .flatMap(product -> words.under("idea." + product + ".").entrySet().stream())
                .filter(idea -> used.stream().noneMatch(name -> isPartOf(name, idea.getKey())))
                .toList();
        if (ideas.isEmpty()) {
            return null;
        }
        Map.Entry<String, String> idea =
                ideas.get(Math.floorMod(month.getYear() * MONTHS + month.getMonthValue(), ideas.size()));
        return new Untried(words.orName("feature." + idea.getKey(), idea.getKey()), idea.getValue());
    }

    /** Who used {@code cody-chat} has used Cody. */
    private static boolean isPartOf(String used, String feature) {
        return used.equals(feature) || used.startsWith(feature + "-");
    }

    private @Nullable Picture picture(YearMonth month, List<Told> told, String src) {
        Map<LocalDate, Integer> known = new HashMap<>();
        told.forEach(day -> day.text("day")
                .ifPresent(date ->
                        day.number("dau").ifPresent(users -> known.put(LocalDate.parse(date), users.intValue()))));
        if (known.size() < FEWEST_DAYS) {
            return null;
        }
        List<DayUse> days = new ArrayList<>();
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            days.add(new DayUse(month.atDay(day), known.get(month.atDay(day))));
        }
        Map.Entry<LocalDate, Integer> most = known.entrySet().stream()
                .max(Map.Entry.<LocalDate, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow();
        double mean =
                known.values().stream().mapToInt(Integer::intValue).average().orElseThrow();
        String mostUsers = numbers.whole(most.getValue());
        return new Picture(
                src,
                words.of(
                        "pictureAlt",
                        numbers.month(month),
                        numbers.mean(mean),
                        mostUsers,
                        numbers.dayOfMonth(most.getKey())),
                numbers.dayOfMonth(month.atDay(1)),
                numbers.dayOfMonth(month.atEndOfMonth()),
                words.of("pictureMost", mostUsers, numbers.dayOfMonth(most.getKey()), numbers.mean(mean)),
                days);
    }

    private Health health(Told told) {
        List<Weakness> weak = told.parts("weak").stream()
                .flatMap(measure -> weakness(measure).stream())
                .limit(MOST_WEAKNESSES)
                .toList();
        String level = told.text("level").orElse("unknown");
        return new Health(words.orName("health." + level, level), weak);
    }

    /** A measure that the words have no advice for is the team's to care for, not the reader's. */
    private Optional<Weakness> weakness(Told measure) {
        return measure.text("measure")
                .filter(name -> words.texts().containsKey("advice." + name))
                .map(name -> {
                    String value = measure.number("value")
                            .map(number -> name.contains("-per-") ? numbers.percent(number) : numbers.whole(number))
                            .orElse(words.of("unknown"));
                    return new Weakness(name, words.of("finding." + name, value), words.of("advice." + name));
                });
    }

    private Feature feature(Told told) {
        return new Feature(told.text("name").orElse(""), titleOf(told));
    }

    private String titleOf(Told told) {
        String name = told.text("name").orElse("");
        String title =
                UNPRINTED.matcher(told.text("title").orElse("")).replaceAll(" ").strip();
        String readable = title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE) + "…";
        return words.orName("feature." + name, readable.isEmpty() ? words.of("aFeature") : readable);
    }
}
