package dev.stagecoach.alerts.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagecoach.alerts.journey.Journey.Entered;
import dev.stagecoach.events.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JourneyTest {
    @Test
    void eachStageHasTheDayItWasEnteredLastAndTheCurrentOneIsMarked() {
        // When
        Journey journey = Journey.of(List.of(
                entered(Stage.ONBOARDING, "2024-01-01"),
                entered(Stage.ADOPTING, "2024-03-01"),
                entered(Stage.RENEWING, "2024-09-03"),
                entered(Stage.ADOPTING, "2024-12-20")));

        // Then
        assertThat(journey.steps())
                .extracting(Journey.Step::stage, step -> step.entered().map(Entered::entry), Journey.Step::isCurrent)
                .containsExactly(
                        tuple(Stage.PROSPECT, Optional.empty(), false),
                        tuple(Stage.ONBOARDING, Optional.of("Onboarding 2024-01-01"), false),
                        tuple(Stage.ADOPTING, Optional.of("Adopting 2024-12-20"), true),
                        tuple(Stage.NURTURING, Optional.empty(), false),
                        tuple(Stage.RENEWING, Optional.of("Renewing 2024-09-03"), false));
    }

    @Test
    void aNewContractAfterChurnBeginsANewJourney() {
        // Given
        List<Entered> firstTime = List.of(
                entered(Stage.ONBOARDING, "2023-01-01"),
                entered(Stage.RENEWING, "2023-09-03"),
                entered(Stage.CHURNED, "2024-01-02"));

        // When
        Journey journey = Journey.of(java.util.stream.Stream.concat(
                        firstTime.stream(), java.util.stream.Stream.of(entered(Stage.ONBOARDING, "2025-02-01")))
                .toList());

        // Then
        assertThat(Journey.of(firstTime).churned()).map(Entered::entry).contains("Churned 2024-01-02");
        assertThat(journey.churned()).isEmpty();
        assertThat(journey.steps())
                .filteredOn(step -> step.entered().isPresent())
                .extracting(Journey.Step::stage)
                .containsExactly(Stage.ONBOARDING);
    }

    @Test
    void anAccountThatIsInNoStageAnyMoreHasNoCurrentOne() {
        // When
        Journey journey = Journey.of(List.of(entered(Stage.PROSPECT, "2025-01-01"), entered(null, "2025-02-01")));

        // Then
        assertThat(journey.steps()).noneMatch(Journey.Step::isCurrent);
    }

    private static Entered entered(@Nullable Stage stage, String day) {
        String name = stage == null ? "none" : stage.wireName();
        return new Entered(stage, Instant.parse(day + "T00:00:00Z"), name + " " + day);
    }
}
