package dev.stagecoach.alerts.adapter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How values read on the page. */
final class PageText {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private PageText() {}

    static String date(LocalDate date) {
        return DATE.format(date);
    }

    static LocalDate dayOf(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** A fraction in whole percent, rounded down: what is below a threshold does not read as if it met it. */
    static String percent(double fraction) {
        return wholePercent(fraction) + " %";
    }

    static int wholePercent(double fraction) {
        return BigDecimal.valueOf(fraction)
                .movePointRight(2)
                .setScale(0, RoundingMode.FLOOR)
                .intValue();
    }

    /** A name of the wire as people read it. */
    static String spaced(String name) {
        return name.replace('-', ' ');
    }

    /** The same at the beginning of a line. */
    static String titled(String name) {
        String words = spaced(name);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    static String listed(Collection<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    /** In the largest unit that fits: {@code 3 days}, {@code 45 seconds}. */
    static String duration(Duration duration) {
        for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
            long number = duration.dividedBy(unit.getDuration());
            if (number > 0) {
                String name = unit.toString().toLowerCase(Locale.ENGLISH);
                return number == 1 ? "1 " + name.substring(0, name.length() - 1) : number + " " + name;
            }
        }
        return duration.toSeconds() == 1 ? "1 second" : duration.toSeconds() + " seconds";
    }

    static String days(LocalDate from, LocalDate to) {
        long days = ChronoUnit.DAYS.between(from, to);
        if (days == 0) {
            return "today";
        }
        return days > 0 ? "in " + counted(days) : counted(-days) + " ago";
    }

    private static String counted(long days) {
        return days + (days == 1 ? " day" : " days");
    }
}
