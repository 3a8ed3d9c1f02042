package dev.stagecoach.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a record went no further, as far as many records share it: which field was wrong and what was expected, and not what was
 * found there. So a sender that goes wrong a million times is one line, and what people wrote where it does not belong is not kept.
 */
public final class ReasonPattern {
    private static final int LONGEST = 160;
    private static final String LEFT_OUT = "…";

    /** {@code timestamp: "yesterday" (expected: an ISO 8601 time)}: what stands between the field and what was expected. */
    private static final Pattern FOUND =
            Pattern.compile("^([\\w.\\[\\] /-]{1,80}): (?!missing\\b).*(\\(expected: .*)$");

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'|“[^”]*”|`[^`]*`");
    private static final Pattern ADDRESS = Pattern.compile("\\S+@\\S+");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern CUT = Pattern.compile("; cut here after \\d+ of \\d+ bytes$");
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}+");

    private ReasonPattern() {}

    /** The pattern of a reason; never empty. */
    public static String of(String reason) {
        String line = UNPRINTABLE.matcher(reason).replaceAll(" ").strip();
        String whole = CUT.matcher(line).replaceAll("");
        Matcher found = FOUND.matcher(whole);
        // What was expected is ours and says numbers that matter; all else may be anybody's.
        String pattern = found.matches()
                ? withoutValues(found.group(1)) + ": " + LEFT_OUT + " " + found.group(2)
                : general(whole);
        String shown = pattern.isEmpty() ? "no reason told" : pattern;
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + LEFT_OUT;
    }

    private static String general(String reason) {
        int expected = reason.lastIndexOf("(expected: ");
        return expected < 0
                ? withoutValues(reason)
                : withoutValues(reason.substring(0, expected)) + reason.substring(expected);
    }

    private static String withoutValues(String text) {
        String unquoted = QUOTED.matcher(text).replaceAll(LEFT_OUT);
        return NUMBER.matcher(ADDRESS.matcher(unquoted).replaceAll(LEFT_OUT)).replaceAll("#");
    }
}
