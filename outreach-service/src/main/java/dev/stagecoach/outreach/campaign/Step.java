package dev.stagecoach.outreach.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
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
 * @param translations what a reader of another language gets instead, by language tag
 */
public record Step(
        String step,
        Duration after,
        String subject,
        String preheader,
        String template,
        @Nullable Button button,
        Map<String, Translation> translations) {
    private static final int LONGEST_SUBJECT = 49;

    public Step {
        translations = translations == null ? Map.of() : Map.copyOf(translations);
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
        checkSubject(subject);
    }

    /** A mail in one language. */
    public Step(
            String step, Duration after, String subject, String preheader, String template, @Nullable Button button) {
        this(step, after, subject, preheader, template, button, Map.of());
    }

    private static void checkSubject(String subject) {
        if (subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("subject: " + subject.length() + " characters (expected: under 50)");
        }
        if (subject.contains("!")) {
            throw new IllegalArgumentException("subject: " + subject + " (expected: no exclamation mark)");
        }
    }

    /** The mail's subject, preheader and button's label in a language; its own where there is no translation. */
    public Translation in(Locale language) {
        Translation found = translations.get(language.toLanguageTag());
        return found == null ? new Translation(subject, preheader, button == null ? null : button.label()) : found;
    }

    Step withTemplate(UnaryOperator<String> name) {
        return new Step(step, after, subject, preheader, name.apply(template), button, translations);
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
     * A link that stands out. It leads to a page, or asks the team for something.
     *
     * @param page a page below the configured documentation address; where none is configured, the button asks for help
     * @param asks {@code help}, {@code training}, {@code meeting} or {@code survey}
     */
    public record Button(
            String label, @Nullable String page, @Nullable String asks) {
        private static final Set<String> REQUESTS = Set.of("help", "training", "meeting", "survey");

        public Button {
            require("button.label", label);
            if ((page == null || page.isBlank()) == (asks == null || asks.isBlank())) {
                throw new IllegalArgumentException("button: " + label + " (expected: a page, or what it asks for)");
            }
            if (asks != null && !REQUESTS.contains(asks)) {
                throw new IllegalArgumentException(
                        "asks: " + asks + " (expected one of: help, training, meeting, survey)");
            }
        }

        /** A link to a page. */
        public Button(String label, String page) {
            this(label, page, null);
        }
    }

    /**
     * What stands in an inbox, and on the button, in another language.
     *
     * @param button absent: asks for help
     */
    public record Translation(
            String subject, String preheader, @Nullable String button) {
        public Translation {
            require("subject", subject);
            require("preheader", preheader);
            checkSubject(subject);
        }
    }
}
