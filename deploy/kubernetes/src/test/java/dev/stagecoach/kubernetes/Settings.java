package dev.stagecoach.kubernetes;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment variables that a service knows, by its page in docs/settings, which is made from its code. */
final class Settings {
    /** {@code `QUARKUS_A_B`}, and {@code `_C`} after it, which stands for {@code QUARKUS_A_C}. */
    private static final Pattern VARIABLE = Pattern.compile("`(_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`");

    private Settings() {}

    static Set<String> of(String service) {
        Set<String> variables = new TreeSet<>();
        page(service).lines().filter(line -> line.startsWith("| `")).forEach(line -> addVariables(line, variables));
        return variables;
    }

    /** Whether there is a setting of this name; where its page has {@code <name>}, any name is one. */
    static boolean has(String service, String setting) {
        return Pattern.compile("(?m)^\\| `(stagecoach\\.[^`]+)` \\|")
                .matcher(page(service))
                .results()
                .map(row -> Pattern.quote(row.group(1)).replace("<name>", "\\E[^.]+\\Q"))
                .anyMatch(setting::matches);
    }

    /** What a setting is when nobody says it. */
    static String defaultOf(String service, String setting) {
        Matcher row = Pattern.compile("(?m)^\\| `" + Pattern.quote(setting) + "` \\| `\\w+` \\| `([^`]+)` \\|")
                .matcher(page(service));
        return row.results().map(found -> found.group(1)).findFirst().orElseThrow();
    }

    private static String page(String service) {
        return Manifests.text(Manifests.CHECKOUT.resolve("docs/settings/" + service + ".md"));
    }

    private static void addVariables(String row, Set<String> variables) {
        String last = "";
        for (MatchResult found : VARIABLE.matcher(row).results().toList()) {
            String text = found.group(1);
            if (text.startsWith("_")) {
                variables.add(last.substring(0, last.lastIndexOf('_')) + text);
            } else {
                last = text;
                variables.add(text);
            }
        }
    }
}
