package dev.stagecoach.testing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SECURITY.md claims, and the operating notes of secrets, is proved by tests that they name: these must exist. */
class SecurityPageTest {
    private static final Path HOME = Path.of("../..");

    /** A class of tests, and the method that proves something. */
    private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");

    @ParameterizedTest
    @CsvSource({"SECURITY.md, 50", "docs/operating.md, 10"})
    void everyTestThatItNamesExists(String page, int moreThan) throws IOException {
        // Given
        Map<String, List<String>> tests = testsOfAllModules();

        // When
        List<MatchResult> named =
                PROOF.matcher(Files.readString(HOME.resolve(page))).results().toList();

        // Then
        assertThat(named).hasSizeGreaterThan(moreThan).allSatisfy(proof -> {
            assertThat(tests).containsKey(proof.group(1));
            assertThat(proof.group(2) == null
                            || tests.get(proof.group(1)).stream().anyMatch(text -> hasMethod(text, proof.group(2))))
                    .as("%s", proof.group())
                    .isTrue();
        });
    }

    private static boolean hasMethod(String source, String name) {
        return Pattern.compile("void " + name + "\\(").matcher(source).find();
    }

    /** Sources by the name of their class, of which there can be one in each module. */
    private static Map<String, List<String>> testsOfAllModules() throws IOException {
        return Stream.of(HOME, HOME.resolve("deploy"))
                .flatMap(SecurityPageTest::inside)
                .map(module -> module.resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(SecurityPageTest::sources)
                .collect(groupingBy(
                        source -> source.getFileName().toString().replace(".java", ""),
                        mapping(SecurityPageTest::read, toList())));
    }

    private static Stream<Path> inside(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> sources(Path tests) {
        try (Stream<Path> all = Files.walk(tests)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
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
