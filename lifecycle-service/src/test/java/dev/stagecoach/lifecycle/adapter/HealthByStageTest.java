package dev.stagecoach.lifecycle.adapter;

import static dev.stagecoach.lifecycle.Counted.Pinging.instance;
import static dev.stagecoach.lifecycle.Counted.counted;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Segment;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.health.Told;
import dev.stagecoach.lifecycle.journey.DecideJourney;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example in {@code docs/examples/health-by-stage} decides as {@code docs/policy.md} says. */
class HealthByStageTest {
    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "health-by-stage");
    private static final Policy BUILT_IN = YamlPolicy.read(PolicyFiles.builtIn());
    private static final Policy BY_STAGE = YamlPolicy.read(PolicyFiles.in(EXAMPLE));

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}, day {1}: {2} by {3}, built in {4}")
    @CsvSource({
        "MANAGED, 40, HEALTHY, onboarding, CONCERNING",
        "DIGITAL, 40, HEALTHY, onboarding, CONCERNING",
        "DIGITAL, 100, POOR, digital, CONCERNING",
        "MANAGED, 100, CONCERNING, standard, CONCERNING"
    })
    void theEquationFollowsSegmentAndStage(
            Segment segment, int day, HealthLevel level, String equation, HealthLevel builtIn) {
        // When
        HealthStanding byStage = decide(BY_STAGE, segment, day(day));
        HealthStanding standard = decide(BUILT_IN, segment, day(day));

        // Then
        assertThat(byStage.level()).isEqualTo(level);
        assertThat(byStage.latest().equation()).isEqualTo(equation);
        assertThat(standard.level()).isEqualTo(builtIn);
        assertThat(standard.latest().equation()).isEqualTo("standard");
    }

    @Test
    void theSameFileIsTheSameVersion() {
        assertThat(YamlPolicy.read(PolicyFiles.in(EXAMPLE)).version()).isEqualTo(BY_STAGE.version());
        assertThat(BY_STAGE.version()).isNotEqualTo(BUILT_IN.version());
    }

    @Test
    void theOrderOfSegmentsAndStagesMakesNoVersion() throws IOException {
        // Given
        String one = Files.readString(EXAMPLE.resolve("health.yaml"))
                .replace("stages: [Onboarding]", "stages: [Onboarding, Renewing, Adopting]");
        String other = one.replace("[Onboarding, Renewing, Adopting]", "[Adopting, Onboarding, Renewing]");

        // When
        String first = read(one).version();
        String second = read(other).version();

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void mistakesAreNamedWithTheirLine() {
        assertThatThrownBy(() -> readChanged("{ atMost: 7 }", "{ atMost: 7, below: 3 }"))
                .hasMessageContaining("health.yaml, line 27")
                .hasMessageContaining("exactly one of atLeast, above, atMost, below, is");
        assertThatThrownBy(() -> readChanged("weight: 50", "weight: 0"))
                .hasMessageContaining("health.yaml, line 21")
                .hasMessageContaining("weight: 0");
        assertThatThrownBy(() -> readChanged("name: champion-active", "name: champion"))
                .hasMessageContaining("line 28")
                .hasMessageContaining("champion-active");
        assertThatThrownBy(() -> readChanged("stages: [Onboarding]", "stages: [Churned]"))
                .hasMessageContaining("line 18")
                .hasMessageContaining("Onboarding, Adopting, Nurturing, Renewing");
        assertThatThrownBy(() -> readChanged("{ below: 0.5 }", "{ below: 0.9 }"))
                .hasMessageContaining("mau-per-seat: a value could be healthy and poor at once");
    }

    private Policy readChanged(String from, String to) throws IOException {
        String text = Files.readString(EXAMPLE.resolve("health.yaml"));
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        return read(text.substring(0, at) + to + text.substring(at + from.length()));
    }

    private Policy read(String text) throws IOException {
        Files.writeString(directory.resolve("health.yaml"), text);
        return YamlPolicy.read(PolicyFiles.in(directory));
    }

    /** 40 of 100 seats are in use; there are no defects, and someone promotes the product whom we have talked to today. */
    private static HealthStanding decide(Policy policy, Segment segment, LocalDate today) {
        var facts = customer()
                .in(segment)
                .told(Told.on(today).defects(0).contact(today).champion(true).signals())
                .facts();
        var counts = counted()
                .by(instance("i1")
                        .lastPing(tickOf(today).minusSeconds(60))
                        .month(java.time.YearMonth.from(today).minusMonths(1).toString(), 40))
                .counts();
        return DecideJourney.of(policy, facts, counts, Journey.NONE, List.of(), tickOf(today), null)
                .journey()
                .health();
    }
}
