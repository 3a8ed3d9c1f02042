package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.policy.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the policy files are: each in a directory or, where that has none of the name, as it comes with the service. */
final class PolicyFiles {
    /** The names of all policy files, without {@code .yaml}. */
    static final List<String> NAMES = Arrays.stream(Rules.class.getRecordComponents())
            .map(component -> component.getName())
            .toList();

    private static final String BUILT_IN = "/policy/";

    private final Optional<Path> directory;

    private PolicyFiles(Optional<Path> directory) {
        this.directory = directory;
    }

    /** The text of a policy file, and the name by which messages call it. */
    record PolicyText(String file, String text) {}

    static PolicyFiles builtIn() {
        return new PolicyFiles(Optional.empty());
    }

    /** @throws PolicyException if it is no directory, or has a YAML file that is no policy file */
    static PolicyFiles in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new PolicyException(
                    "stagecoach.lifecycle.policy: " + directory + " (expected: a directory with any of " + known()
                            + ")",
                    null);
        }
        List<String> unknown = unknownIn(directory);
        if (!unknown.isEmpty()) {
            throw PolicyException.of(unknown);
        }
        return new PolicyFiles(Optional.of(directory));
    }

    PolicyText text(String name) {
        Optional<Path> own =
                directory.map(found -> found.resolve(name + ".yaml")).filter(Files::exists);
        String file = own.map(Path::toString).orElse("built-in " + name + ".yaml");
        try {
            return new PolicyText(file, own.isPresent() ? Files.readString(own.get()) : builtInText(name));
        } catch (IOException e) {
            throw new PolicyException(file + " cannot be read as UTF-8 text: " + e, e);
        }
    }

    private static String builtInText(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PolicyFiles.class.getResourceAsStream(BUILT_IN + name + ".yaml"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A file that nobody reads would leave its author thinking that it decides. */
    private static List<String> unknownIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .filter(name -> !NAMES.contains(name.replaceFirst("\\.yaml$", "")))
                    .sorted()
                    .map(name -> directory.resolve(name) + ": there is no such policy file (expected: " + known() + ")")
                    .toList();
        } catch (IOException e) {
            throw new PolicyException("the policy directory " + directory + " cannot be read: " + e, e);
        }
    }

    private static String known() {
        return String.join(".yaml, ", NAMES) + ".yaml";
    }
}
