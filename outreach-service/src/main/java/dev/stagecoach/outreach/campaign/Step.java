package dev.stagecoach.outreach.campaign;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One mail of a campaign.
 *
 * @param step its name within the campaign, {@code day-3} for instance
 * @param after how long after the trigger it is due
 * @param subject under 50 characters, without exclamation marks
 * @param preheader what an inbox shows after the subject; adds to it
 * @param template names {@code <template>.mjml} and {@code <template>.txt}
 * @param button the one thing to do; absent: ask for help
 */
public record Step(
        String step,
        Duration after,
        String subject,
        String preheader,
        String template,
        @Nullable Button button) {
    private static final int LONGEST_SUBJECT = 49;

    public Step {
        require("step", step);
        require("subject", subject);
        require("preheader", preheader);
        require("template", template);
        if (after == null) {
            throw new IllegalArgumentException("after: missing (expected: a duration, P3D for instance)");
        }
        if (after.isNegative()) {
            throw new IllegalArgumentException("after: " + after + " (expected: not before the trigger)");
        }
        if (subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("subject: " + subject.length() + " characters (expected: under 50)");
        }
        if (subject.contains("!")) {
            throw new IllegalArgumentException("subject: " + subject + " (expected: no exclamation mark)");
        }
    }

    /** When the mail is due for a trigger at the given time: the same time of day, days later. */
    public Instant dueAfter(Instant triggeredAt) {
        return triggeredAt.plus(after);
    }

    private static void require(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": missing (expected: a non-empty text)");
        }
    }

    /**
     * A link that stands out.
     *
     * @param page a page below the configured documentation address; where none is configured, the button asks for help
     */
    public record Button(String label, String page) {
        public Button {
            require("button.label", label);
            require("button.page", page);
        }
    }
}
