package dev.stagecoach.outreach.adapter;

import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where campaigns and templates are: a directory, or what comes with the service. Campaigns in a directory replace the built-in
 * ones; a template that is not there falls back to the built-in one.
 */
final class PolicyFiles {
    private static final String BUILT_IN = "policy";

    private final Optional<Path> directory;

    PolicyFiles(Optional<Path> directory) {
        this.directory = directory;
    }

    /** The text of each campaign file by its name, in order. */
    Map<String, String> campaigns() {
        Map<String, String> files = new TreeMap<>();
        try {
            if (directory.isPresent()) {
                collect(directory.get().resolve("campaigns"), files);
            } else {
                ClassPathUtils.consumeAsPaths(BUILT_IN + "/campaigns", path -> collect(path, files));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    Optional<String> template(String name) {
        return directory.flatMap(root -> ownTemplate(root, name)).or(() -> builtInTemplate(name));
    }

    private static Optional<String> ownTemplate(Path root, String name) {
        Path file = root.resolve("templates").resolve(name).normalize();
        return file.startsWith(root.normalize()) && Files.isRegularFile(file)
                ? Optional.of(read(file))
                : Optional.empty();
    }

    private static Optional<String> builtInTemplate(String name) {
        try (InputStream stream =
                PolicyFiles.class.getClassLoader().getResourceAsStream(BUILT_IN + "/templates/" + name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
