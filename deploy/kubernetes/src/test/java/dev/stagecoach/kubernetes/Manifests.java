package dev.stagecoach.kubernetes;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What is in this module's directory, as it is written and as Kustomize puts it together. */
final class Manifests {
    static final Path HOME = Path.of("").toAbsolutePath();
    static final Path CHECKOUT = HOME.getParent().getParent();
    static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Production with every component, and with what README.md says to add where it is needed. */
    static final String EVERYTHING = "src/test/resources/everything";

    private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

    private Manifests() {}

    /** What {@code kubectl apply -k} would apply. A test that asks for it is skipped where there is neither kubectl nor kustomize. */
    static List<Manifest> rendered(String directory) {
        return RENDERED.computeIfAbsent(directory, Manifests::render);
    }

    private static List<Manifest> render(String directory) {
        Optional<List<String>> command = kustomize();
        assumeThat(command).as("kubectl or kustomize").isPresent();
        List<String> words = new ArrayList<>(command.orElseThrow());
        words.add(directory);
        try {
            Path errors = Files.createTempFile("kustomize", ".txt");
            Process process = new ProcessBuilder(words)
                    .directory(HOME.toFile())
                    .redirectError(errors.toFile())
                    .start();
            byte[] output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0 || Files.size(errors) > 0) {
                throw new AssertionError(words + " says: " + Files.readString(errors));
            }
            return parse(new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<List<String>> kustomize() {
        return onPath("kustomize")
                .map(program -> List.of(program, "build"))
                .or(() -> onPath("kubectl").map(program -> List.of(program, "kustomize")));
    }

    private static Optional<String> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** What a file says, object by object. */
    static List<Manifest> written(Path file) {
        return parse(text(file));
    }

    static List<Manifest> parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll().stream().map(Manifest::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All manifests of the directories, one by one. */
    static Stream<Manifest> allWritten() {
        return files(".yaml").stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .flatMap(file -> written(file).stream())
                .filter(manifest -> manifest.json().has("kind"));
    }

    /** The files with this end of their name in base, components and overlays. */
    static List<Path> files(String end) {
        return Stream.of("base", "components", "overlays")
                .flatMap(directory -> filesBelow(HOME.resolve(directory)))
                .filter(file -> file.getFileName().toString().endsWith(end))
                .sorted()
                .toList();
    }

    static Stream<Path> filesBelow(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
