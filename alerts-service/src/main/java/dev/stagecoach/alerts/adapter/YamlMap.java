package dev.stagecoach.alerts.adapter;

import java.io.Reader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping in a YAML file whose complaints name the line. */
final class YamlMap {
    private final String file;
    private final Node node;
    private final Map<String, Node> entries = new LinkedHashMap<>();

    private YamlMap(String file, Node node) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw error(node, "expected: names with values");
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = scalar(entry.getKeyNode());
            if (entries.put(key, entry.getValueNode()) != null) {
                throw error(entry.getKeyNode(), key + ": given twice");
            }
        }
    }

    static YamlMap read(String file, Reader reader) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(reader);
            if (root == null) {
                throw new PolicyException(file + ": empty");
            }
            return new YamlMap(file, root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new PolicyException(file + ", line " + line + ": " + e.getProblem());
        }
    }

    /** Complains about names other than these. */
    YamlMap onlyWith(String... names) {
        for (Map.Entry<String, Node> entry : entries.entrySet()) {
            if (!Arrays.asList(names).contains(entry.getKey())) {
                throw error(
                        entry.getValue(),
                        entry.getKey() + ": unknown (expected one of: " + String.join(", ", names) + ")");
            }
        }
        return this;
    }

    /** This, and what only another one has. */
    YamlMap orElse(YamlMap other) {
        YamlMap both = new YamlMap(file, node);
        other.entries.forEach(both.entries::putIfAbsent);
        return both;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    int numberOr(String name, int least, int most, int absent) {
        return has(name) ? number(name, least, most) : absent;
    }

    boolean flagOr(String name, boolean absent) {
        if (!has(name)) {
            return absent;
        }
        String text = text(name);
        if (!text.equals("true") && !text.equals("false")) {
            throw error(name, text + " (expected: true or false)");
        }
        return text.equals("true");
    }

    /** A list of names. */
    <T> List<T> names(String name, Function<String, T> read) {
        try {
            return texts(name).stream().map(read).toList();
        } catch (IllegalArgumentException e) {
            throw error(name, String.valueOf(e.getMessage()));
        }
    }

    Set<String> names() {
        return entries.keySet();
    }

    YamlMap map(String name) {
        return new YamlMap(file, required(name));
    }

    String text(String name) {
        Node value = required(name);
        String text = scalar(value);
        if (text.isBlank()) {
            throw error(value, name + ": empty");
        }
        return text;
    }

    List<String> texts(String name) {
        Node value = required(name);
        if (!(value instanceof SequenceNode sequence)) {
            throw error(value, name + ": expected: a list, [a, b]");
        }
        return sequence.getValue().stream().map(this::scalar).toList();
    }

    int number(String name, int least, int most) {
        Node value = required(name);
        return number(name, value, least, most);
    }

    List<Integer> numbers(String name, int least, int most) {
        Node value = required(name);
        if (!(value instanceof SequenceNode sequence)) {
            throw error(value, name + ": expected: a list of numbers, [50, 80]");
        }
        return sequence.getValue().stream()
                .map(element -> number(name, element, least, most))
                .toList();
    }

    /** A complaint about the value of a name, or about its absence. */
    PolicyException error(String name, String problem) {
        return error(Optional.ofNullable(entries.get(name)).orElse(node), name + ": " + problem);
    }

    private int number(String name, Node value, int least, int most) {
        String text = scalar(value);
        String expected = "(expected: a whole number from " + least + " to " + most + ")";
        try {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw error(value, name + ": " + text + " " + expected);
            }
            return number;
        } catch (NumberFormatException e) {
            throw error(value, name + ": " + text + " " + expected);
        }
    }

    private Node required(String name) {
        Node value = entries.get(name);
        if (value == null) {
            throw error(node, name + ": missing");
        }
        return value;
    }

    private String scalar(Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            throw error(value, "expected: a single value");
        }
        return scalar.getValue();
    }

    private PolicyException error(Node at, String problem) {
        return new PolicyException(file + ", line " + (at.getStartMark().getLine() + 1) + ": " + problem);
    }
}
