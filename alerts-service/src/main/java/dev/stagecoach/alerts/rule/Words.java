package dev.stagecoach.alerts.rule;

import dev.stagecoach.events.Input;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How numbers and names read in a sentence. */
final class Words {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** A fraction as whole percent, rounded down: what is below 80 % never reads as 80 %. */
    static String percent(double fraction) {
        return BigDecimal.valueOf(fraction).movePointRight(2).setScale(0, RoundingMode.FLOOR) + " %";
    }

    /** {@code 12.1}; a whole number without its zero. */
    static String oneDecimal(double number) {
        return BigDecimal.valueOf(number)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** {@code 2025-08-12 16:30 UTC} */
    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code "instance-admin"} reads as "instance admin". */
    static String plain(String name) {
        return name.replace('-', ' ');
    }

    /** "a, b and c". */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last <= 0
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /** "Targets not met: utilization 68 % against 80 %. Nearest: targets met, needs 12 more active users for 80 %." */
    static String reason(Reason reason) {
        String compared = reason.inputs().stream()
                .filter(input -> input.threshold() != null)
                .map(Words::compared)
                .collect(Collectors.joining(", "));
        String clause = capitalized(plain(reason.clause())) + (compared.isEmpty() ? "." : ": " + compared + ".");
        NearestMiss miss = reason.nearestMiss();
        return miss == null ? clause : clause + " Nearest: " + plain(miss.clause()) + ", " + miss.needs() + ".";
    }

    /** The inputs of a decision as JSON-like values. */
    static List<Map<String, Object>> inputs(Reason reason) {
        return reason.inputs().stream().map(Words::asMap).toList();
    }

    private static Map<String, Object> asMap(Input input) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", input.name());
        if (input.value() != null) {
            map.put("value", input.value());
        }
        if (input.threshold() != null) {
            map.put("threshold", input.threshold());
        }
        return map;
    }

    private static String compared(Input input) {
        String value = input.value() == null ? "unknown" : value(input.name(), input.value());
        return words(input.name()) + " " + value + " against " + value(input.name(), input.threshold());
    }

    /** Ratios travel as fractions and read as percent. */
    private static String value(String name, @Nullable Object value) {
        return value instanceof Number number && (name.equals("utilization") || name.equals("usage"))
                ? percent(number.doubleValue())
                : String.valueOf(value);
    }

    /** {@code "daysToRenewal"} reads as "days to renewal". */
    private static String words(String name) {
        return plain(name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT));
    }

    private static String capitalized(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
