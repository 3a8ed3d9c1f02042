package dev.stagecoach.outreach.letter;

import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Numbers and dates as readers of a language write them. */
final class Numbers {
    private static final double SMALL = 10;

    private final Locale language;

    Numbers(Locale language) {
        this.language = language;
    }

    String whole(double number) {
        return format(number, 0);
    }

    /** With one decimal where that says something. */
    String mean(double number) {
        return format(number, number < SMALL ? 1 : 0);
    }

    private String format(double number, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(number);
    }

    /** A ratio; 0.1 is 10 %. */
    String percent(double ratio) {
        return NumberFormat.getPercentInstance(language).format(ratio);
    }

    /** A change with its sign. */
    String change(double ratio) {
        return (ratio < 0 ? "−" : "+") + percent(Math.abs(ratio));
    }

    /** Whether a change is less than what is shown. */
    static boolean isNoChange(double ratio) {
        return Math.abs(ratio) < 0.005;
    }

    String month(YearMonth month) {
        return DateTimeFormatter.ofPattern("LLLL yyyy", language).format(month);
    }

    /** Without the year. */
    String monthName(YearMonth month) {
        return DateTimeFormatter.ofPattern("LLLL", language).format(month);
    }

    String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .localizedBy(language)
                .format(day);
    }

    /** Without the year: it stands beside. */
    String dayOfMonth(LocalDate day) {
        return DateTimeFormatter.ofPattern(language.getLanguage().equals("de") ? "d. MMM" : "d MMM", language)
                .format(day);
    }
}
