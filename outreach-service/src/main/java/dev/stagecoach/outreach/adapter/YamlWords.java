package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stagecoach.outreach.letter.Words;
import java.util.Locale;
import java.util.Map;

/** The words around all mails, a file for each language. */
final class YamlWords {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private YamlWords() {}

    static String fileOf(Locale language) {
        return "words." + language.toLanguageTag() + ".yaml";
    }

    /**
     * The words of a language.
     *
     * @throws PolicyException when there are none, or they are no texts by name
     */
    static Words read(PolicyFiles files, Locale language) {
        String file = "templates/" + fileOf(language);
        String text = files.template(fileOf(language))
                .orElseThrow(() -> new PolicyException(
                        file, 0, "does not exist (expected: the words around mails in this language)", null));
        try {
            return new Words(language, YAML.readValue(text, new TypeReference<Map<String, String>>() {}));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new PolicyException(file, line, e.getOriginalMessage(), e);
        }
    }
}
