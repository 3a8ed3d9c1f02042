package dev.stagecoach.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KustomizationTest {
    static Stream<Path> kustomizations() {
        return Manifests.files("kustomization.yaml").stream();
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void namesTheFilesBesideItAndNoOthers(Path kustomization) {
        assertThat(named(Manifests.yaml(kustomization))).isEqualTo(beside(kustomization));
    }

    private static Set<String> named(JsonNode kustomization) {
        Set<String> named = new TreeSet<>();
        kustomization.path("resources").forEach(resource -> named.add(resource.asText()));
        kustomization
                .path("patches")
                .forEach(patch -> named.add(patch.path("path").asText()));
        kustomization
                .path("configMapGenerator")
                .forEach(map -> map.path("envs").forEach(file -> named.add(file.asText())));
        named.removeIf(name -> name.isEmpty() || name.startsWith("../"));
        return named;
    }

    private static Set<String> beside(Path kustomization) {
        return Stream.of(".yaml", ".env")
                .flatMap(end -> Manifests.files(end).stream())
                .filter(file -> file.getParent().equals(kustomization.getParent()) && !file.equals(kustomization))
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void refersToDirectoriesThatAreThere(Path kustomization) {
        JsonNode json = Manifests.yaml(kustomization);
        assertThat(Stream.of("resources", "components")
                        .flatMap(field -> Manifest.each(json.path(field)))
                        .map(JsonNode::asText)
                        .filter(name -> name.startsWith("../")))
                .allSatisfy(
                        name -> assertThat(kustomization.resolveSibling(name).resolve("kustomization.yaml"))
                                .exists());
    }

    /** Kustomize passes a patch over in silence when its target is not there. */
    @ParameterizedTest
    @MethodSource("kustomizations")
    void patchesWhatIsThere(Path kustomization) {
        List<Manifest> base = writtenIn(Manifests.HOME.resolve("base"));
        assertThat(Manifest.each(Manifests.yaml(kustomization).path("patches"))).allSatisfy(patch -> {
            String kind = target(kustomization, patch, "kind");
            String name = target(kustomization, patch, "name");
            assertThat(base)
                    .as("%s in %s", patch, kustomization)
                    .anyMatch(manifest -> manifest.kind().equals(kind)
                            && (name.isEmpty() || manifest.name().equals(name)));
        });
    }

    private static List<Manifest> writtenIn(Path directory) {
        return Manifests.files(".yaml").stream()
                .filter(file -> file.getParent().equals(directory) && !file.endsWith("kustomization.yaml"))
                .flatMap(file -> Manifests.written(file).stream())
                .toList();
    }

    private static String target(Path kustomization, JsonNode patch, String field) {
        if (patch.has("target")) {
            return patch.path("target").path(field).asText();
        }
        Path file = kustomization.resolveSibling(patch.path("path").asText());
        assertThat(Files.exists(file)).isTrue();
        Manifest merged = Manifests.written(file).get(0);
        return field.equals("kind") ? merged.kind() : merged.name();
    }
}
