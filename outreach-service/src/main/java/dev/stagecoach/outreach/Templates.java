package dev.stagecoach.outreach;

import dev.stagecoach.outreach.letter.Words;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of mails. A template is named without language and suffix, {@code admin-onboarding/day-0} for instance. */
public interface Templates {
    /** In which of its languages a template is read best by a reader of this one; the default language where nothing fits. */
    Locale languageFor(String template, Locale reader);

    /** The words around all templates in a language that {@link #languageFor} gave. */
    Words words(Locale language);

    /**
     * The plain-text part.
     *
     * @throws RuntimeException naming the template, and the line where it is known, when it cannot be filled in with this
     */
    String text(String template, Locale language, Map<String, @Nullable Object> model);

    /**
     * The HTML part.
     *
     * @throws RuntimeException naming the template when it cannot be filled in with this
     */
    String html(String template, Locale language, Map<String, @Nullable Object> model);
}
