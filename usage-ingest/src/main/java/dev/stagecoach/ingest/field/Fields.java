package dev.stagecoach.ingest.field;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** Checks of single values. What passes can be stored by everyone downstream. */
public final class Fields {
    /** Longest text taken for a name or an id, in UTF-16 units. */
    public static final int MAX_TEXT = 200;

    /** Before this, a time stamp is a broken clock and not a history load. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final String USUAL = "0000-00-00T00:00:00.000Z";
    private static final int USUAL_LENGTH = "0000-00-00T00:00:00Z".length();
    private static final int USUAL_LENGTH_WITH_MILLIS = USUAL.length();

    private static final int SHOWN = 60;

    private Fields() {}

    /**
     * A name or an id: not blank, at most {@value #MAX_TEXT} units long, without control characters (PostgreSQL stores no NUL).
     *
     * @param expected completes "missing (expected: …)"
     */
    public static String text(String name, @Nullable String value, String expected) throws UnusableException {
        if (value == null || value.isBlank()) {
            throw new UnusableException(name + ": missing (expected: " + expected + ")");
        }
        if (value.length() > MAX_TEXT) {
            throw new UnusableException(
                    name + ": " + value.length() + " characters (expected: at most " + MAX_TEXT + ")");
        }
        for (int i = 0; i < value.length(); i++) {
            if (isUnpaired(value, i)) {
                throw new UnusableException(name + ": half a character at position " + i
                        + " (expected: Unicode without unpaired surrogates)");
            }
            if (Character.isISOControl(value.charAt(i))) {
                throw new UnusableException(
                        name + ": control character at position " + i + " (expected: printable characters)");
            }
        }
        return value;
    }

    /** Whether it is half of a character that takes two units, without the other half: in UTF-8 all of them are the same. */
    private static boolean isUnpaired(String value, int i) {
        char unit = value.charAt(i);
        return Character.isHighSurrogate(unit)
                ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
                : Character.isLowSurrogate(unit) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    /** Like {@link #text}, for a value that may be left out. */
    public static @Nullable String optionalText(String name, @Nullable String value) throws UnusableException {
        return value == null || value.isBlank() ? null : text(name, value, "a text");
    }

    /** A value that would pass as {@link #text}, or null. */
    public static @Nullable String nameOrNull(@Nullable String value) {
        try {
            return optionalText("", value);
        } catch (UnusableException e) {
            return null;
        }
    }

    /** An ISO 8601 time; without an offset it is UTC. */
    public static Instant time(String name, String value) throws UnusableException {
        Instant time = parsedTime(value);
        if (time == null) {
            throw new UnusableException(
                    name + ": " + shown(value) + " (expected: an ISO 8601 time such as 2026-02-03T10:15:30Z)");
        }
        if (time.isBefore(EARLIEST)) {
            throw new UnusableException(name + ": " + shown(value) + " (expected: " + EARLIEST + " or later)");
        }
        return time;
    }

    /**
     * A time as it is after it was {@linkplain SentTime#corrected corrected}: what the sender wrote as {@code sentAt} can move it
     * anywhere.
     */
    public static Instant corrected(String name, Instant time) throws UnusableException {
        if (time.isBefore(EARLIEST)) {
            throw new UnusableException(
                    name + ": " + time + ", corrected by sentAt (expected: " + EARLIEST + " or later)");
        }
        return time;
    }

    /** Like {@link #time}, but a value that is no time is as good as none. */
    public static @Nullable Instant timeOrNull(@Nullable String value) {
        return value == null ? null : parsedTime(value);
    }

    private static @Nullable Instant parsedTime(String value) {
        try {
            if (isUsual(value)) {
                return usualTime(value);
            }
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(value, Instant::from, LocalDateTime::from);
            Instant instant = time instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) time;
            // ISO 8601 has four digits for a year; with more, a difference between two times need not be one.
            int year = instant.atZone(ZoneOffset.UTC).getYear();
            return year < 0 || year > 9999 ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether it has the form of {@code 2026-02-03T10:15:30Z} or {@code 2026-02-03T10:15:30.123Z}, as nearly all have. */
    private static boolean isUsual(String value) {
        int length = value.length();
        boolean isAsLong = length == USUAL_LENGTH || length == USUAL_LENGTH_WITH_MILLIS;
        if (!isAsLong || value.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char is = value.charAt(i);
            char pattern = USUAL.charAt(i);
            if (pattern == '0' ? is < '0' || is > '9' : is != pattern) {
                return false;
            }
        }
        return true;
    }

    /** Many times as fast as what takes every form. */
    private static Instant usualTime(String value) {
        int millis = value.length() == USUAL_LENGTH ? 0 : number(value, 20, 23);
        return LocalDateTime.of(
                        number(value, 0, 4),
                        number(value, 5, 7),
                        number(value, 8, 10),
                        number(value, 11, 13),
                        number(value, 14, 16),
                        number(value, 17, 19),
                        millis * 1_000_000)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String value, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = 10 * number + value.charAt(i) - '0';
        }
        return number;
    }

    /** A value as quoted in messages: short, so that a reason stays readable whatever was sent. */
    public static String shown(String value) {
        return '"' + shortened(value) + '"';
    }

    /** The beginning of a value. */
    public static String shortened(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
