package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Where the keys of a YAML text stand, so that a mistake can be named with its line. */
final class YamlLines {
    private final Map<String, Integer> lines;

    private YamlLines(Map<String, Integer> lines) {
        this.lines = lines;
    }

    static YamlLines of(ObjectMapper yaml, String text) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = yaml.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    String pointer = parser.getParsingContext().pathAsPointer().toString();
                    lines.put(pointer, parser.currentTokenLocation().getLineNr());
                }
            }
        }
        return new YamlLines(lines);
    }

    /** The line, from 1, of a key such as {@code /segments/digital}; of what it should stand in when there is no such key. */
    int of(String pointer) {
        Integer line = lines.get(pointer);
        if (line != null) {
            return line;
        }
        int slash = pointer.lastIndexOf('/');
        return slash <= 0 ? 1 : of(pointer.substring(0, slash));
    }
}
