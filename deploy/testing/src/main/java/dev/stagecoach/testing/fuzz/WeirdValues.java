package dev.stagecoach.testing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What stands where something else belongs. Not all of it is JSON. */
final class WeirdValues {

    private static final int MANY_DIGITS = 2_000;
    private static final int MANY_MEMBERS = 200;
    private static final int SELDOM = 20;
    private static final int HARDLY_EVER = 400;

    // Usually little, so that there is time for many; some longer than any limit.
    private static final int LONG = 2_000;
    private static final int LONGER = 60_000;
    private static final int LONGEST = 2_000_000;
    private static final int DEEP = 300;
    private static final int DEEPER = 5_000;
    private static final int DEEPEST = 200_000;

    private static final List<String> FIXED = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1",
            "1.5",
            "1e400",
            "-1e999999999",
            "1e-999999999",
            "1E2147483648",
            "9223372036854775808",
            "-9223372036854775809",
            "4294967296",
            "1".repeat(MANY_DIGITS),
            "0." + "0".repeat(MANY_DIGITS) + "1",
            "01",
            "+1",
            ".5",
            "0x10",
            "NaN",
            "Infinity",
            "undefined",
            "'single'",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\uD83D\\uDE00\"",
            "\"\\x41\"",
            "\"\\u12\"",
            "\"\u202e\u200b\ufeff\"",
            "\"tab\there\"",
            "\"line\nbreak\"",
            "\"unfinished",
            "\"*\"",
            "\"../../etc/passwd\"",
            "\"'; drop table account; --\"",
            "\"${jndi:ldap://example.com/a}\"",
            "\"<script>alert(1)</script>\"",
            "\"2025-02-30T00:00:00Z\"",
            "\"2025-03-12\"",
            "\"2025-03-12T10:00:00+99:00\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"99999-01-01T00:00:00Z\"",
            "\"0000-00-00T00:00:00Z\"",
            "\"2016-12-31T23:59:60Z\"",
            "1741773600000",
            "253402300800000",
            "{}",
            "[]",
            "[[]]",
            "{\"\":{\"\":{}}}",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{1:2}",
            "/* comment */ 1",
            "stagecoach",
            "");

    private static final List<byte[]> NOT_UTF_8 = List.of(
            bytes(0xff),
            bytes(0xfe, 0xff),
            bytes(0xc0, 0x80),
            bytes(0xc1, 0xbf),
            bytes(0x80),
            bytes(0xe2, 0x82),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xf4, 0x90, 0x80, 0x80),
            bytes(0xf8, 0x88, 0x80, 0x80, 0x80),
            bytes(0xf0, 0x9f, 0x98));

    private WeirdValues() {}

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** Any of them. */
    static byte[] any(SplittableRandom chance) {
        return switch (chance.nextInt(8)) {
            case 0 -> longText(chance);
            case 1 -> notUtf8(chance);
            case 2 -> nested(chance);
            case 3 -> wide(chance);
            default -> FIXED.get(chance.nextInt(FIXED.size())).getBytes(UTF_8);
        };
    }

    /** Deeper than any reader should follow. */
    static byte[] nested(SplittableRandom chance) {
        int depth = 1 + size(chance, DEEP, DEEPER, DEEPEST);
        boolean arrays = chance.nextBoolean();
        var opening = arrays ? "[" : "{\"a\":";
        var text = opening.repeat(depth) + "1" + (chance.nextInt(4) == 0 ? "" : (arrays ? "]" : "}").repeat(depth));
        return text.getBytes(UTF_8);
    }

    /** Bytes that no text in UTF-8 has, in quotation marks. */
    static byte[] notUtf8(SplittableRandom chance) {
        var value = new ByteArrayOutputStream();
        value.write('"');
        value.writeBytes(invalid(chance));
        value.write('"');
        return value.toByteArray();
    }

    static byte[] invalid(SplittableRandom chance) {
        return NOT_UTF_8.get(chance.nextInt(NOT_UTF_8.size()));
    }

    private static int size(SplittableRandom chance, int usually, int seldom, int hardlyEver) {
        if (chance.nextInt(HARDLY_EVER) == 0) {
            return chance.nextInt(hardlyEver);
        }
        return chance.nextInt(chance.nextInt(SELDOM) == 0 ? seldom : usually);
    }

    private static byte[] longText(SplittableRandom chance) {
        int length = size(chance, LONG, LONGER, LONGEST);
        var value = new byte[length + 2];
        Arrays.fill(value, (byte) ('a' + chance.nextInt(26)));
        value[0] = '"';
        value[length + 1] = '"';
        return value;
    }

    /** Many members, or elements. */
    private static byte[] wide(SplittableRandom chance) {
        int members = chance.nextInt(MANY_MEMBERS);
        boolean array = chance.nextBoolean();
        var text = new StringBuilder(array ? "[" : "{");
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",");
            text.append(array ? String.valueOf(i) : "\"member" + i + "\":" + i);
        }
        return text.append(array ? "]" : "}").toString().getBytes(UTF_8);
    }
}
