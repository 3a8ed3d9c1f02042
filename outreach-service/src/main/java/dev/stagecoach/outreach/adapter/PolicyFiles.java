package dev.stagecoach.outreach.adapter;

import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where campaigns and templates are: a directory, or what comes with the service. Campaigns in a directory replace the built-in
 * ones; a template that is not there falls back to the built-in one.
 */
final class PolicyFiles {
    private static final String BUILT_IN = "policy";

    private static final Pattern WORDS = Pattern.compile("words\\.([A-Za-z0-9-]+)\\.yaml");

    private final Optional<Path> directory;
    private final Function<String, Optional<String>> archive;

    PolicyFiles(Optional<Path> directory) {
        this(directory, name -> Optional.empty());
    }

    /**
     * @param archive finds templates that are not in force any more, by names that no file has
     */
    PolicyFiles(Optional<Path> directory, Function<String, Optional<String>> archive) {
        this.directory = directory;
        this.archive = archive;
    }

    /** Whether somebody put campaigns or templates in a directory. */
    boolean areOfADirectory() {
        return directory.isPresent();
    }

    /** The texts of a template in all languages, by the names of their files. */
    Map<String, String> templates(String template) {
        int slash = template.lastIndexOf('/');
        String folder = slash < 0 ? "" : template.substring(0, slash + 1);
        String prefix = template.substring(slash + 1) + ".";
        Set<String> names = new TreeSet<>();
        directory
                .map(root -> root.resolve("templates/" + folder))
                .filter(Files::isDirectory)
                .ifPresent(path -> collectNames(path, names));
        names.addAll(BuiltIn.in("templates/" + folder));
        names.removeIf(name -> !name.startsWith(prefix));
        Map<String, String> texts = new TreeMap<>();
        names.forEach(name -> template(folder + name).ifPresent(text -> texts.put(folder + name, text)));
        return texts;
    }

    private static void collectNames(Path folder, Set<String> names) {
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(file -> file.getFileName().toString()).forEach(names::add);
        } catch (IOException e) {
            throw new UncheckedIOException("templates cannot be read from " + folder, e);
        }
    }

    /** The text of each campaign file by its name, in order. */
    Map<String, String> campaigns() {
        Map<String, String> files = new TreeMap<>();
        if (directory.isPresent()) {
            collect(directory.get().resolve("campaigns"), files);
        } else {
            BuiltIn.in("campaigns/")
                    .forEach(name -> builtIn("campaigns/" + name).ifPresent(text -> files.put(name, text)));
        }
        return files;
    }

    private static void collect(Path folder, Map<String, String> files) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.filter(PolicyFiles::isYaml).toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("campaigns cannot be read from " + folder, e);
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** The text of the file about sending times. */
    String sending() {
        return directory
                .map(root -> root.resolve(YamlSendingRules.FILE))
                .filter(Files::isRegularFile)
                .map(PolicyFiles::read)
                .or(() -> builtIn(YamlSendingRules.FILE))
                .orElseThrow(() -> new IllegalStateException(YamlSendingRules.FILE + " is missing"));
    }

    /** The languages that there are words in. */
    Set<Locale> languages() {
        Set<String> names = new TreeSet<>(BuiltIn.in("templates/"));
        directory
                .map(root -> root.resolve("templates"))
                .filter(Files::isDirectory)
                .ifPresent(folder -> collectNames(folder, names));
        return names.stream()
                .map(WORDS::matcher)
                .filter(Matcher::matches)
                .map(words -> Locale.forLanguageTag(words.group(1)))
                .collect(Collectors.toSet());
    }

    Optional<String> template(String name) {
        return archive.apply(name)
                .or(() -> directory.flatMap(root -> ownTemplate(root, name)))
                .or(() -> builtIn("templates/" + name));
    }

    private static Optional<String> ownTemplate(Path root, String name) {
        Path file = root.resolve("templates").resolve(name).normalize();
        return file.startsWith(root.normalize()) && Files.isRegularFile(file)
                ? Optional.of(read(file))
                : Optional.empty();
    }

    private static Optional<String> builtIn(String name) {
        try (InputStream stream = PolicyFiles.class.getClassLoader().getResourceAsStream(BUILT_IN + "/" + name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of what comes with the service. Found out once: each look into a jar opens it. */
    private static final class BuiltIn {
        private static final Set<String> NAMES = names();

        private BuiltIn() {}

        /** The files of a folder, by their names in it. */
        static List<String> in(String folder) {
            return NAMES.stream()
                    .filter(name -> name.startsWith(folder))
                    .map(name -> name.substring(folder.length()))
                    .filter(name -> name.indexOf('/') < 0)
                    .toList();
        }

        private static Set<String> names() {
            Set<String> names = new TreeSet<>();
            try {
                ClassPathUtils.consumeAsPaths(BUILT_IN, root -> collect(root, names));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return names;
        }

        private static void collect(Path root, Set<String> names) {
            try (Stream<Path> entries = Files.walk(root)) {
                entries.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException("what comes with the service cannot be read from " + root, e);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
