package dev.stagecoach.outreach;

import org.jspecify.annotations.Nullable;

/**
 * What a person decided about mails, kept with who it was.
 *
 * @param by who decides; kept for as long as the mail is
 * @param reason for those who ask later
 */
public record Verdict(Kind kind, String by, String reason) {
    private static final int LONGEST = 500;

    public Verdict {
        check("by", by);
        check("reason", reason);
    }

    /**
     * A verdict as somebody gave it.
     *
     * @throws IllegalArgumentException saying what is missing or too long
     */
    public static Verdict of(Kind kind, @Nullable String by, @Nullable String reason) {
        return new Verdict(
                kind,
                required("by", by, "who decides, ana@team for instance"),
                required("reason", reason, "why, for those who ask later"));
    }

    /** What can be decided. */
    public enum Kind {
        /** An unknown mail did arrive. */
        SENT("sent"),
        /** An unknown mail did not arrive, and is to be sent once more. */
        SEND_AGAIN("send-again"),
        /** An unknown mail did not arrive, and is not to be sent any more. */
        NOT_SENT("not-sent"),
        /** Mails that wait for approval may go. */
        RELEASE("release"),
        /** Mails that wait for approval must not go. */
        REJECT("reject");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    private static String required(String name, @Nullable String value, String expected) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": missing (expected: " + expected + ")");
        }
        return value.strip();
    }

    private static void check(String name, String value) {
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    name + ": " + value.length() + " characters (expected: at most " + LONGEST + ")");
        }
    }
}
