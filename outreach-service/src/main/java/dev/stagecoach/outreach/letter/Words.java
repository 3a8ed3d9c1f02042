package dev.stagecoach.outreach.letter;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fixed words of mails in one language. */
public final class Words {
    private final Locale language;
    private final Map<String, String> texts;

    public Words(Locale language, Map<String, String> texts) {
        this.language = language;
        this.texts = Map.copyOf(texts);
    }

    public Locale language() {
        return language;
    }

    /** All of them by name. */
    public Map<String, String> texts() {
        return texts;
    }

    /** Those whose names begin so, by the rest of their names, in order. */
    public SortedMap<String, String> under(String beginning) {
        SortedMap<String, String> found = new TreeMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(beginning)) {
                found.put(name.substring(beginning.length()), text);
            }
        });
        return found;
    }

    /**
     * The words of that name, with {@code {0}}, {@code {1}} … filled in.
     *
     * @throws IllegalArgumentException when the language has none of that name
     */
    public String of(String name, Object... details) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("words: none named " + name + " in " + language.toLanguageTag());
        }
        return details.length == 0 ? text : new MessageFormat(text, language).format(details);
    }

    /** A date, written out. */
    public String day(LocalDate day) {
        return new Numbers(language).day(day);
    }

    /** The words of that name, or the name itself with spaces for dashes, where the language has none. */
    public String orName(String name, String fallback) {
        return texts.getOrDefault(name, fallback.replace('-', ' '));
    }
}
