package dev.stagecoach.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment variables that a service knows: its documented settings, and those in its application.yaml. */
final class Settings {
    /** {@code `a.b-c`}, and {@code `.d`} after it, which stands for {@code a.d}. */
    private static final Pattern SETTING = Pattern.compile("`((?:[a-z][a-z0-9-]*)?(?:\\.[a-z0-9-]+)+)`");

    private static final Pattern VARIABLE = Pattern.compile("\\b(?:STAGECOACH|QUARKUS)(?:_[A-Z0-9]+)+\\b");

    private Settings() {}

    static Set<String> of(String service) {
        Set<String> variables = new TreeSet<>();
        Path home = Manifests.CHECKOUT.resolve(service);
        Path application = home.resolve("src/main/resources/application.yaml");
        Stream.of(home.resolve("README.md"), Manifests.CHECKOUT.resolve("docs/operating.md"))
                .forEach(document -> {
                    Manifests.text(document).lines().forEach(line -> addSettings(line, variables));
                });
        Matcher variable = VARIABLE.matcher(Manifests.text(application));
        variable.results().forEach(found -> variables.add(found.group()));
        addKeys(Manifests.yaml(application), "", variables);
        return variables;
    }

    private static void addSettings(String line, Set<String> variables) {
        String last = "";
        for (Matcher found = SETTING.matcher(line); found.find(); ) {
            String text = found.group(1);
            if (!text.startsWith(".")) {
                last = text;
                variables.add(variable(text));
            }
            // `.tls` may stand for the last part of the setting before it, or for its last two.
            for (String parent = last; parent.contains("."); ) {
                parent = parent.substring(0, parent.lastIndexOf('.'));
                variables.add(variable(text.startsWith(".") ? parent + text : last));
            }
        }
    }

    private static void addKeys(JsonNode json, String path, Set<String> variables) {
        json.properties().forEach(entry -> {
            String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            variables.add(variable(key));
            addKeys(entry.getValue(), key, variables);
        });
    }

    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
