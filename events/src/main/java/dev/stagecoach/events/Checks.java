package dev.stagecoach.events;

import static java.time.ZoneOffset.UTC;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Argument checks whose messages carry the value and the expectation. */
final class Checks {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private Checks() {}

    static void notNegative(String name, @Nullable Integer value) {
        if (value != null && value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }

    /** Not a number and infinity have no place in JSON; a quotient without a divisor is unknown, which is null. */
    static void finite(String name, @Nullable Double value) {
        if (value != null && !Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a number)");
        }
    }

    static String notBlank(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": missing (expected: a non-empty text)");
        }
        return value;
    }

    /** A language as BCP 47 writes it, in its usual upper and lower case. */
    static String languageTag(String name, String value) {
        try {
            return new Locale.Builder()
                    .setLanguageTag(notBlank(name, value))
                    .build()
                    .toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a language tag, de or pt-BR)", e);
        }
    }

    /** A time in which calendars, JSON and databases all have room; any other is a broken clock or a slip of the pen. */
    static Instant plausible(String name, @Nullable Instant time) {
        Instant present = present(name, time);
        if (!isPlausible(present)) {
            throw new IllegalArgumentException(name + ": " + present + " (expected: in the years 2000 to 9999)");
        }
        return present;
    }

    static boolean isPlausible(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(LATEST);
    }

    /** Like {@link #plausible}, and not later than a day after the receipt: clocks differ, but nothing comes before it is sent. */
    static void happened(String name, @Nullable Instant time, Instant receivedAt) {
        Instant present = plausible(name, time);
        if (!hasHappened(present, receivedAt)) {
            throw new IllegalArgumentException(
                    name + ": " + present + " (expected: at most a day after the receipt, " + receivedAt + ")");
        }
    }

    static boolean hasHappened(Instant time, Instant receivedAt) {
        return !time.isAfter(receivedAt) || !time.isAfter(receivedAt.plus(CLOCKS_DIFFER));
    }

    /** Like {@link #happened}, for a UTC day that may be left out. */
    static void began(String name, @Nullable LocalDate day, Instant receivedAt) {
        if (day == null) {
            return;
        }
        if (day.getYear() < 2000 || day.getYear() > 9999) {
            throw new IllegalArgumentException(name + ": " + day + " (expected: in the years 2000 to 9999)");
        }
        happened(name, day.atStartOfDay(UTC).toInstant(), receivedAt);
    }

    static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return value;
    }
}
