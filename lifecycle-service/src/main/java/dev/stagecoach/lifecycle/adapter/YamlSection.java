package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.Segment;
import dev.stagecoach.lifecycle.adapter.PolicyFiles.PolicyText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A policy file, checked by its schema and by the record that it fills. Keys under {@code segments} replace those of the same
 * name for the accounts of a segment.
 */
final class YamlSection {
    private static final String SEGMENTS = "segments";

    private final String name;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<Segment, ObjectNode> bySegment = new EnumMap<>(Segment.class);
    private ObjectNode defaults = JsonNodeFactory.instance.objectNode();

    private YamlSection(String name) {
        this.name = name;
    }

    /** @param type the record that the file fills */
    static YamlSection read(String name, PolicyText text, Class<?> type) {
        YamlSection section = new YamlSection(name);
        try {
            JsonNode root = PolicyJson.YAML.readTree(text.text());
            ObjectNode given = root instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
            Check check = section.new Check(text.file(), YamlLines.of(PolicyJson.YAML, text.text()), type);
            check.schema(root.isObject() || root.isMissingNode() || root.isNull() ? given : root);
            if (section.mistakes.isEmpty()) {
                section.resolve(given, check);
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            section.mistakes.add(text.file() + ", line " + line + ": no YAML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new PolicyException(text.file() + " cannot be read", e);
        }
        return section;
    }

    String name() {
        return name;
    }

    /** All mistakes of the file; without any, the rules can be asked for. */
    List<String> mistakes() {
        return mistakes;
    }

    ObjectNode defaults() {
        return defaults;
    }

    ObjectNode of(Segment segment) {
        return bySegment.getOrDefault(segment, defaults);
    }

    private void resolve(ObjectNode given, Check check) {
        defaults = given.deepCopy();
        JsonNode segments = defaults.remove(SEGMENTS);
        if (!check.fills(defaults, "") || segments == null) {
            return;
        }
        for (Segment segment : Segment.values()) {
            if (segments.get(segment.wireName()) instanceof ObjectNode overrides) {
                ObjectNode merged = defaults.deepCopy().setAll(overrides);
                check.fills(merged, "/" + SEGMENTS + "/" + segment.wireName());
                bySegment.put(segment, merged);
            }
        }
    }

    private final class Check {
        private final String file;
        private final YamlLines lines;
        private final Class<?> type;

        Check(String file, YamlLines lines, Class<?> type) {
            this.file = file;
            this.lines = lines;
            this.type = type;
        }

        void schema(JsonNode given) {
            PolicySchema.of(name).mistakes(given).entrySet().stream()
                    .sorted(Comparator.comparingInt(mistake -> lines.of(mistake.getKey())))
                    .forEach(mistake -> mistake(mistake.getKey(), mistake.getValue()));
        }

        /** Whether the record takes the numbers: it knows which of them contradict each other. */
        boolean fills(ObjectNode numbers, String place) {
            try {
                PolicyJson.YAML.treeToValue(numbers, type);
                return true;
            } catch (ValueInstantiationException e) {
                // The message of a policy record begins with the key.
                String message = String.valueOf(
                        e.getCause() == null
                                ? e.getOriginalMessage()
                                : e.getCause().getMessage());
                String key = message.substring(0, Math.max(0, message.indexOf(':')));
                mistake(place + "/" + key.replace('.', '/'), key(place) + message);
            } catch (JsonMappingException e) {
                String key = e.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .collect(Collectors.joining("."));
                mistake(place + "/" + key.replace('.', '/'), key(place) + key + ": " + e.getOriginalMessage());
            } catch (JsonProcessingException e) {
                mistake(place, key(place) + e.getOriginalMessage());
            }
            return false;
        }

        private String key(String place) {
            return place.isEmpty() ? "" : PolicySchema.key(place) + ".";
        }

        private void mistake(String pointer, String message) {
            mistakes.add(file + ", line " + lines.of(pointer) + ": " + message);
        }
    }
}
