package dev.stagecoach.lifecycle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagecoach.events.Segment;
import dev.stagecoach.lifecycle.Fixtures;
import dev.stagecoach.lifecycle.health.Equations;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlPolicyTest {
    @TempDir
    Path directory;

    @Test
    void theBuiltInPolicyIsThatOfTheRules() {
        // When
        Policy policy = YamlPolicy.read(PolicyFiles.builtIn());

        // Then
        assertThat(policy.defaults().stages()).isEqualTo(Fixtures.STAGES);
        assertThat(policy.defaults().usage()).isEqualTo(Fixtures.USAGE);
        assertThat(policy.defaults().milestones()).isEqualTo(new MilestonePolicy(7, 500));
        assertThat(policy.defaults().health()).isEqualTo(Equations.HEALTH);
        assertThat(policy.bySegment()).isEmpty();
    }

    @Test
    void aFileReplacesTheBuiltInOneOfItsName() {
        // When
        Policy policy = read("usage.yaml", builtIn("usage").replace("silenceDays: 3", "silenceDays: 5"));

        // Then
        assertThat(policy.defaults().usage().silenceDays()).isEqualTo(5);
        assertThat(policy.defaults().stages()).isEqualTo(Fixtures.STAGES);
    }

    @Test
    void aSegmentDiffersInTheKeysItNames() {
        // When
        Policy policy = read("stages.yaml", builtIn("stages") + "segments:\n  digital:\n    onboardingDays: 30\n");

        // Then
        assertThat(policy.of(Segment.DIGITAL).stages().onboardingDays()).isEqualTo(30);
        assertThat(policy.of(Segment.DIGITAL).stages().renewingDays()).isEqualTo(120);
        assertThat(policy.of(Segment.DIGITAL).usage()).isEqualTo(Fixtures.USAGE);
        assertThat(policy.of(Segment.SCALED)).isEqualTo(policy.defaults());
        assertThat(policy.defaults().stages()).isEqualTo(Fixtures.STAGES);
    }

    @Test
    void theVersionIsOfTheNumbersAndNotOfTheText() {
        // Given
        String stages = builtIn("stages");

        // When
        Policy policy = YamlPolicy.read(PolicyFiles.builtIn());
        Policy commented = read("stages.yaml", "# ours\n" + stages.replaceAll(" +#.*", ""));
        Policy changed = read("stages.yaml", stages.replace("renewingDays: 120", "renewingDays: 90"));
        Policy segment = read("stages.yaml", stages + "segments:\n  managed:\n    renewingDays: 90\n");
        Policy other = read("stages.yaml", stages + "segments:\n  scaled:\n    renewingDays: 90\n");
        Policy noDifference = read("stages.yaml", stages + "segments:\n  scaled:\n    renewingDays: 120\n");

        // Then
        assertThat(policy.version()).hasSize(12);
        assertThat(commented.version()).isEqualTo(policy.version());
        assertThat(noDifference.version()).isEqualTo(policy.version());
        assertThat(new String[] {policy.version(), changed.version(), segment.version(), other.version()})
                .doesNotHaveDuplicates();
        assertThat(changed.defaults().stages().renewingDays()).isEqualTo(90);
    }

    @Test
    void theRollingDefinitionIsChosenByItsName() {
        // When
        Policy policy = read("usage.yaml", builtIn("usage").replace("last-closed-month ", "rolling-30-days "));

        // Then
        assertThat(policy.defaults().usage().month()).isEqualTo(MonthDefinition.ROLLING_30_DAYS);
    }

    @Test
    void aSegmentLetsEventsDecide() {
        // When
        Policy policy = read("usage.yaml", builtIn("usage") + "segments:\n  digital:\n    source: events\n");

        // Then
        assertThat(policy.of(Segment.DIGITAL).usage()).isEqualTo(Fixtures.BY_EVENTS);
        assertThat(policy.of(Segment.SCALED).usage()).isEqualTo(Fixtures.USAGE);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    stages | renewingDays: 120      | renewingDayz: 120      | renewingDayz: 120: there is no such key (expected: prospectDays,
                    stages | renewingDays: 120      | renewingDays: soon     | renewingDays: "soon" (expected: a whole number >= 0
                    stages | renewingDays: 120      | renewingDays: '120'    | renewingDays: "120" (expected: a whole number >= 0
                    stages | renewingDays: 120      | renewingDays: -1       | renewingDays: -1 (expected: a whole number >= 0
                    stages | renewingDays: 120      | renewingDays: 120.5    | renewingDays: 120.5 (expected: a whole number >= 0
                    stages | renewingDays: 120      | renewingDays: 1e9      | renewingDays:
                    stages | renewingDays: 120      | renewingDays:          | renewingDays: null (expected: a whole number >= 0
                    stages | renewingDays: 120      |                        | renewingDays: missing (expected: a whole number >= 0
                    stages | renewingDays: 120      | prospectDays: 120      | Duplicate field 'prospectDays'
                    stages | utilizationTarget: 0.8 | utilizationTarget: 80  | utilizationTarget: 80 (expected: a number > 0 and <= 10; MAU / seats
                    stages | utilizationTarget: 0.8 | utilizationTarget: 0   | utilizationTarget: 0 (expected: a number > 0
                    stages | utilizationTarget: 0.8 | utilizationTarget: .nan| Malformed numeric value
                    stages | onboardingDays: 60     | onboardingDays: 0      | onboardingDays: 0 (expected: a whole number >= 1
                    stages | nurturingIsKept: true  | nurturingIsKept: maybe | nurturingIsKept: "maybe" (expected: true or false
                    stages | nurturingIsKept: true  | nurturingIsKept: [     | no YAML
                    usage  | last-closed-month      | month-to-date          | month: "month-to-date" (expected: one of last-closed-month, rolling-30-days
                    usage  | source: pings          | source: both           | source: "both" (expected: one of pings, events; whose counts decide
                    usage  | source: pings          |                        | source: missing (expected: one of pings, events
                    usage  | dauDaysKnown: 20       | dauDaysKnown: 29       | dauDaysKnown: 29 (expected: <= dauDays, which is 28)
                    usage  | dauDays: 28            | dauDays: 61            | dauDays: 61 (expected: a whole number >= 1 and <= 60
                    """)
    void aMistakeIsNamedWithItsFileAndLine(String name, String right, String wrong, String named) {
        // Given
        String text = builtIn(name);
        int line = (int) text.substring(0, text.indexOf(right) + 1).lines().count();
        String mistaken = text.replace(right, wrong == null ? "" : wrong);

        // When
        assertThatThrownBy(() -> read(name + ".yaml", mistaken))
                // Then
                .isInstanceOf(PolicyException.class)
                .message()
                .containsPattern("\n  .*" + name + "\\.yaml, line ("
                        // A key that is not there has no line, an open bracket is noticed later.
                        + (wrong == null || wrong.contains("[") ? "[1-9][0-9]*" : line) + "): ")
                .contains(named);
    }

    @Test
    void allMistakesOfAllFilesAreNamedAtOnce() {
        // Given
        write("usage.yaml", builtIn("usage").replace("silenceDays: 3", "silenceDays: 0"));
        write(
                "stages.yaml",
                builtIn("stages")
                                .replace("renewingDays: 120", "renewingDays: soon")
                                .replace("usageTarget", "usagetarget")
                        + """
                        segments:
                          digital:
                            prospectDays: -1
                            prospektDays: 30
                          digitl:
                            prospectDays: 30
                        """);

        // When
        assertThatThrownBy(() -> YamlPolicy.read(PolicyFiles.in(directory)))
                // Then
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("the policy has 7 mistakes; correct and start again:\n")
                .hasMessageContaining("stages.yaml, line 5: renewingDays: \"soon\"")
                .hasMessageContaining(": usageTarget: missing")
                .hasMessageContaining("stages.yaml, line 8: usagetarget: 0.3: there is no such key")
                .hasMessageContaining("stages.yaml, line 17: segments.digital.prospectDays: -1 (expected")
                .hasMessageContaining("stages.yaml, line 18: segments.digital.prospektDays: 30: there is no such key")
                .hasMessageContaining("line 19: segments.digitl: {\"prospectDays\":30}: there is no such key "
                        + "(expected: managed, scaled, digital)")
                .hasMessageContaining("usage.yaml, line 6: silenceDays: 0 (expected: a whole number >= 1");
    }

    @Test
    void aSegmentThatContradictsTheDefaultsIsNamedAtTheSegment() {
        // When
        assertThatThrownBy(() -> read("usage.yaml", builtIn("usage") + "segments:\n  managed:\n    dauDays: 10\n"))
                // Then
                .hasMessageContaining("usage.yaml, line 11: segments.managed.dauDaysKnown: 20 (expected: <= dauDays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "segments: {}\n"})
    void anEmptyFileLacksEveryKey(String text) {
        // When
        assertThatThrownBy(() -> read("usage.yaml", text))
                // Then
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("the policy has 7 mistakes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- 1\n", "renewingDays\n", "a: 1\n---\nb: 2\n", "\t- x"})
    void whatIsNoMapOfKeysIsAMistake(String text) {
        // When
        assertThatThrownBy(() -> read("stages.yaml", text))
                // Then
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("stages.yaml, line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lifecycle.yaml", "stage.yaml", "stages.yml"})
    void anUnknownFileIsAMistake(String name) {
        // When
        assertThatThrownBy(() -> read(name, builtIn("stages")))
                // Then
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(name + ": there is no such policy file (expected: stages.yaml, usage.yaml, ");
    }

    @Test
    void otherFilesAreLeftAlone() {
        // When
        Policy policy = read("README.md", "ours");

        // Then
        assertThat(policy).isEqualTo(YamlPolicy.read(PolicyFiles.builtIn()));
    }

    @Test
    void theSettingNamesADirectory() {
        // Given
        Path file = write("stages.yaml", builtIn("stages"));

        // When
        assertThatThrownBy(() -> PolicyFiles.in(file))
                // Then
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("stages.yaml (expected: a directory with any of stages.yaml, usage.yaml, ");
        assertThatThrownBy(() -> PolicyFiles.in(directory.resolve("nowhere"))).isInstanceOf(PolicyException.class);
    }

    @Test
    void everySchemaKnowsTheKeysOfItsRecord() throws IOException {
        // When
        for (RecordComponent section : Rules.class.getRecordComponents()) {
            var schema = new ObjectMapper().readTree(resource("schema/" + section.getName() + ".json"));

            // Then
            var keys = Arrays.stream(section.getType().getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
            assertThat(schema.path("required")).extracting(key -> key.asText()).containsExactlyElementsOf(keys);
            assertThat(schema.path("$defs").path("overrides").path("properties").fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(keys);
            assertThat(keys)
                    .allSatisfy(key -> assertThat(
                                    schema.at("/$defs/" + key + "/description").asText())
                            .isNotBlank());
        }
    }

    private Policy read(String file, String text) {
        write(file, text);
        return YamlPolicy.read(PolicyFiles.in(directory));
    }

    private Path write(String file, String text) {
        try {
            return Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String builtIn(String name) {
        return resource(name + ".yaml");
    }

    private static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(YamlPolicyTest.class.getResourceAsStream("/policy/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
