package dev.stagecoach.outreach.campaign;

import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.Stage;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What starts a campaign, and what happened at an account: the one listens to the other. */
public sealed interface Trigger {
    /** Whether what happened starts a campaign with this trigger. */
    default boolean listensTo(Trigger happened) {
        return equals(happened);
    }

    /** The account enters a stage. */
    record StageEntered(Stage stage) implements Trigger {
        @Override
        public String toString() {
            return "stage-entered:" + stage.wireName();
        }
    }

    /** A milestone is reached; named as on the wire, {@code first-ping} for instance. */
    record MilestoneReached(String milestone) implements Trigger {
        private static final String PREFIX = "stagecoach.lifecycle.";
        private static final String SUFFIX = ".v1";

        public MilestoneReached {
            if (names().noneMatch(milestone::equals)) {
                throw new IllegalArgumentException("milestone: " + milestone + " (expected one of: "
                        + names().collect(Collectors.joining(", ")) + ")");
            }
        }

        /** The milestone that an event of this type tells. */
        public static MilestoneReached of(EventType type) {
            return new MilestoneReached(nameOf(type));
        }

        private static Stream<String> names() {
            return Arrays.stream(EventType.values())
                    .filter(type -> Milestone.class.isAssignableFrom(type.dataClass()))
                    // A trigger of its own, for it comes once per feature.
                    .filter(type -> type != EventType.FEATURE_FIRST_USED)
                    .map(MilestoneReached::nameOf);
        }

        private static String nameOf(EventType type) {
            String name = type.wireName();
            return name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        }

        @Override
        public String toString() {
            return "milestone:" + milestone;
        }
    }

    /**
     * A UTC day counted from contract close, which is day 0.
     *
     * @param day 0 or more
     */
    record DayAfterClose(int day) implements Trigger {
        public DayAfterClose {
            if (day < 0) {
                throw new IllegalArgumentException("day-after-close: " + day + " (expected: >= 0)");
            }
        }

        @Override
        public String toString() {
            return "day-after-close:" + day;
        }
    }

    /**
     * A first day after contract close, and from then on regular dates, counted from the close.
     *
     * @param firstDay 0 or more
     * @param every whole months or years
     */
    record Quarterly(int firstDay, Period every) implements Trigger {
        public Quarterly {
            if (firstDay < 0) {
                throw new IllegalArgumentException("first-day: " + firstDay + " (expected: >= 0)");
            }
            if (every.toTotalMonths() < 1 || !every.withDays(0).equals(every)) {
                throw new IllegalArgumentException("every: " + every + " (expected: whole months, P3M for instance)");
            }
        }

        /**
         * The date of the given number, from 1 on: the first day; then close + n × every, each counted from the close, so that a
         * month that is too short ends the day before the next one begins and moves no other date. A date that comes less
         * than half a period after the first day is the first day's own and left out.
         */
        public LocalDate date(LocalDate closedOn, int number) {
            LocalDate first = closedOn.plusDays(firstDay);
            if (number == 1) {
                return first;
            }
            int mark = 1;
            while (!isOwn(first, mark(closedOn, mark))) {
                mark++;
            }
            return mark(closedOn, mark + number - 2);
        }

        private LocalDate mark(LocalDate closedOn, int number) {
            return closedOn.plusMonths(every.toTotalMonths() * number);
        }

        private boolean isOwn(LocalDate first, LocalDate mark) {
            int daysOfHalfAPeriod = 15;
            return mark.isAfter(first.plusDays(daysOfHalfAPeriod * every.toTotalMonths()));
        }

        @Override
        public String toString() {
            return "quarterly:" + firstDay + "/" + every;
        }
    }

    /**
     * A month closed, and its recap is there.
     *
     * @param afterDay months count that close later than this day after contract close
     */
    record MonthClosed(int afterDay) implements Trigger {
        /** Any month. */
        public static final MonthClosed ANY = new MonthClosed(0);

        public MonthClosed {
            if (afterDay < 0) {
                throw new IllegalArgumentException("after-day: " + afterDay + " (expected: >= 0)");
            }
        }

        @Override
        public boolean listensTo(Trigger happened) {
            return happened instanceof MonthClosed;
        }

        @Override
        public String toString() {
            return "month-closed:" + afterDay;
        }
    }

    /** The level of health becomes one of these. */
    record HealthBecame(Set<HealthLevel> levels) implements Trigger {
        public HealthBecame {
            if (levels.isEmpty()) {
                throw new IllegalArgumentException("health-became: empty (expected: at least one level)");
            }
            levels = Set.copyOf(levels);
        }

        @Override
        public boolean listensTo(Trigger happened) {
            return happened instanceof HealthBecame became && levels.containsAll(became.levels);
        }

        @Override
        public String toString() {
            return "health-became:"
                    + levels.stream().sorted().map(HealthLevel::wireName).collect(Collectors.joining(","));
        }
    }

    /** Users of the account touch a feature for the first time; {@code any} stands for every feature. */
    record FeatureFirstUsed(String feature) implements Trigger {
        private static final String ANY = "any";

        public FeatureFirstUsed {
            if (feature.isBlank()) {
                throw new IllegalArgumentException("feature-first-used: empty (expected: a feature, or any)");
            }
        }

        @Override
        public boolean listensTo(Trigger happened) {
            return happened instanceof FeatureFirstUsed used && (feature.equals(ANY) || feature.equals(used.feature));
        }

        @Override
        public String toString() {
            return "feature-first-used:" + feature;
        }
    }

    /**
     * The inverse of {@code toString()}, which is what tables hold.
     *
     * @throws IllegalArgumentException naming the accepted kinds
     */
    static Trigger parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String parameter = text.substring(colon + 1);
        return switch (kind) {
            case "stage-entered" -> new StageEntered(Stage.of(parameter));
            case "milestone" -> new MilestoneReached(parameter);
            case "day-after-close" -> new DayAfterClose(number(kind, parameter));
            case "quarterly" -> quarterly(parameter);
            case "month-closed" -> new MonthClosed(number("after-day", parameter));
            case "health-became" -> new HealthBecame(levels(parameter));
            case "feature-first-used" -> new FeatureFirstUsed(parameter);
            default ->
                throw new IllegalArgumentException("trigger: " + text
                        + " (expected one of: stage-entered: <stage>, milestone: <name>, day-after-close: <day>,"
                        + " quarterly: {first-day, every}, month-closed: {after-day}, health-became: [<level>],"
                        + " feature-first-used: any)");
        };
    }

    private static Quarterly quarterly(String parameter) {
        int slash = parameter.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "quarterly: " + parameter + " (expected: first-day and every, 90 and P3M for instance)");
        }
        String every = parameter.substring(slash + 1);
        try {
            return new Quarterly(number("first-day", parameter.substring(0, slash)), Period.parse(every));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("every: " + every + " (expected: whole months, P3M for instance)", e);
        }
    }

    private static Set<HealthLevel> levels(String parameter) {
        Set<HealthLevel> levels = EnumSet.noneOf(HealthLevel.class);
        for (String level : parameter.split(",", -1)) {
            levels.add(HealthLevel.of(level.strip()));
        }
        return levels;
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + text + " (expected: a whole number)", e);
        }
    }
}
