package dev.stagecoach.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Instants as text, as {@link Instant#toString} has them, and several times as fast: two of them are in each usage event. For the
 * years 0 to 9999, which is all that an event may have.
 */
final class UtcText {
    /** {@code 2025-03-04T10:15:30.123456789Z}. */
    private static final int LONGEST = 30;

    private static final int SECONDS_END = 19;

    /** The one asked for last: all events of a request were received at the same time. */
    private static volatile @Nullable Known last;

    private record Known(Instant instant, String text) {}

    private UtcText() {}

    static String of(Instant instant) {
        Known known = last;
        if (known != null && known.instant.equals(instant)) {
            return known.text;
        }
        return format(instant);
    }

    /** For one that will be asked for again. */
    static String ofMany(Instant instant) {
        Known known = last;
        if (known != null && known.instant.equals(instant)) {
            return known.text;
        }
        String text = format(instant);
        last = new Known(instant, text);
        return text;
    }

    private static String format(Instant instant) {
        byte[] text = new byte[LONGEST];
        int length = write(instant, text);
        return length < 0 ? instant.toString() : new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** How many bytes were written; less than 0 when it is of another year. */
    private static int write(Instant instant, byte[] text) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        int year = time.getYear();
        if (year < 0 || year > 9999) {
            return -1;
        }
        digits(text, 0, 4, year);
        text[4] = '-';
        digits(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, time.getHour());
        text[13] = ':';
        digits(text, 14, 2, time.getMinute());
        text[16] = ':';
        digits(text, 17, 2, time.getSecond());
        int end = fraction(text, instant.getNano());
        text[end] = 'Z';
        return end + 1;
    }

    /** None, three, six or nine digits. */
    private static int fraction(byte[] text, int nanos) {
        if (nanos == 0) {
            return SECONDS_END;
        }
        text[SECONDS_END] = '.';
        if (nanos % 1_000_000 == 0) {
            return digits(text, SECONDS_END + 1, 3, nanos / 1_000_000);
        }
        return nanos % 1_000 == 0
                ? digits(text, SECONDS_END + 1, 6, nanos / 1_000)
                : digits(text, SECONDS_END + 1, 9, nanos);
    }

    private static int digits(byte[] text, int start, int count, int number) {
        int rest = number;
        for (int place = start + count - 1; place >= start; place--) {
            text[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return start + count;
    }
}
