package dev.stagecoach.lifecycle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.lifecycle.Fixtures;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlPolicyTest {
    private static String builtIn;

    @BeforeAll
    static void readBuiltIn() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(YamlPolicyTest.class.getResourceAsStream("/policy/lifecycle.yaml"))) {
            builtIn = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theBuiltInPolicyIsThatOfTheRules() {
        // When
        Policy policy = YamlPolicy.parse("lifecycle.yaml", builtIn);

        // Then
        assertThat(policy.stages()).isEqualTo(Fixtures.STAGES);
        assertThat(policy.usage()).isEqualTo(Fixtures.USAGE);
        assertThat(policy.milestones()).isEqualTo(new MilestonePolicy(7));
    }

    @Test
    void theVersionIsOfTheNumbersAndNotOfTheText() {
        // When
        Policy policy = YamlPolicy.parse("lifecycle.yaml", builtIn);
        Policy commented = YamlPolicy.parse("lifecycle.yaml", "# ours\n" + builtIn.replaceAll(" +#.*", ""));
        Policy changed = YamlPolicy.parse("lifecycle.yaml", builtIn.replace("renewingDays: 120", "renewingDays: 90"));

        // Then
        assertThat(policy.version()).hasSize(12);
        assertThat(commented.version()).isEqualTo(policy.version());
        assertThat(changed.version()).isNotEqualTo(policy.version());
        assertThat(changed.stages().renewingDays()).isEqualTo(90);
    }

    @Test
    void theRollingDefinitionIsChosenByItsName() {
        // When
        Policy policy = YamlPolicy.parse("p.yaml", builtIn.replace("last-closed-month ", "rolling-30-days "));

        // Then
        assertThat(policy.usage().month()).isEqualTo(MonthDefinition.ROLLING_30_DAYS);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    renewingDays: 120      | renewingDayz: 120      | renewingDayz
                    renewingDays: 120      | renewingDays: soon     | renewingDays
                    renewingDays: 120      | renewingDays: -1       | stages.renewingDays: -1 (expected: >= 0)
                    renewingDays: 120      | renewingDays: 120.5    | renewingDays
                    renewingDays: 120      | renewingDays:          | renewingDays
                    renewingDays: 120      |                        | renewingDays
                    utilizationTarget: 0.8 | utilizationTarget: 80  | stages.utilizationTarget: 80.0 (expected: a fraction
                    utilizationTarget: 0.8 | utilizationTarget: .nan| Malformed numeric value
                    onboardingDays: 60     | onboardingDays: 0      | stages.onboardingDays: 0 (expected: >= 1)
                    last-closed-month      | month-to-date          | month
                    dauDaysKnown: 20       | dauDaysKnown: 29       | usage: dauDaysKnown 29, dauDays 28
                    nurturingIsKept: true  | nurturingIsKept: maybe | nurturingIsKept
                    milestones:            | mile stones:           | mile stones
                    """)
    void aMistakeIsNamedWithItsFileAndLine(String right, String wrong, String named) {
        // Given
        String text = builtIn.replace(right, wrong == null ? "" : wrong);

        // When
        assertThatThrownBy(() -> YamlPolicy.parse("/etc/policy.yaml", text))
                // Then
                .isInstanceOf(PolicyException.class)
                .hasMessageMatching("(?s)/etc/policy\\.yaml, line [1-9][0-9]*: .*")
                .hasMessageContaining(named);
    }

    @Test
    void aMistakeIsNamedWithTheLineInWhichItStands() {
        // Given
        int line = (int)
                builtIn.substring(0, builtIn.indexOf("renewingDays")).lines().count();

        // When
        assertThatThrownBy(() -> YamlPolicy.parse("p.yaml", builtIn.replace("renewingDays: 120", "renewingDays: soon")))
                // Then
                .hasMessageStartingWith("p.yaml, line " + line + ": ");
        assertThatThrownBy(() -> YamlPolicy.parse("p.yaml", builtIn.replace("renewingDays:", "renewingDayz:")))
                .hasMessageStartingWith("p.yaml, line " + line + ": ");
        assertThatThrownBy(() -> YamlPolicy.parse("p.yaml", builtIn.replace("renewingDays: 120", "renewingDays: -1")))
                .hasMessageStartingWith("p.yaml, line " + line + ": ");
    }

    @Test
    void anEmptyFileOrSectionIsAMistake() {
        // When
        assertThatThrownBy(() -> YamlPolicy.parse("p.yaml", ""))
                // Then
                .isInstanceOf(PolicyException.class);
        assertThatThrownBy(() -> YamlPolicy.parse(
                        "p.yaml", builtIn.substring(0, builtIn.indexOf("milestones:")) + "milestones:\n"))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("milestones");
        assertThatThrownBy(() -> YamlPolicy.parse("p.yaml", "stages: [\n")).isInstanceOf(PolicyException.class);
    }
}
