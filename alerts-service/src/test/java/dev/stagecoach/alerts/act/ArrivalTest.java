package dev.stagecoach.alerts.act;

import static dev.stagecoach.alerts.Fixtures.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.alerts.rule.Matter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** docs/rules.md, alerts: what people do with them. */
class ArrivalTest {
    private static final Instant NOON = Instant.parse("2025-03-14T12:00:00Z");
    private static final Duration HOLDS = Duration.ofDays(30);

    private static Alert alert(Instant at, @Nullable Matter matter, Duration coolDown) {
        return new Alert(
                "new",
                AlertKind.HEALTH_CHANGED,
                "acme",
                at,
                "title",
                Map.of(),
                POLICY.channels().get(0),
                List.of("team"),
                matter,
                coolDown,
                "cause");
    }

    private static Alert poor(Instant at) {
        return alert(at, new Matter("health-changed", "worse", 3), Duration.ZERO);
    }

    private static Alert concerning(Instant at) {
        return alert(at, new Matter("health-changed", "worse", 2), Duration.ZERO);
    }

    private static Earlier earlier(int severity, AlertState state) {
        return new Earlier("old", NOON, "worse", severity, state, NOON, NOON.plus(Duration.ofDays(3)), "ana");
    }

    private static Instant daysLater(int days) {
        return NOON.plus(Duration.ofDays(days));
    }

    @Test
    void aFirstOneIsLoud() {
        assertThat(Arrival.of(poor(NOON), List.of(), HOLDS)).isEqualTo(new Arrival.Loud());
    }

    @Test
    void oneAfterAnOpenOneIsLoud() {
        assertThat(Arrival.of(poor(daysLater(1)), List.of(earlier(3, AlertState.OPEN)), HOLDS))
                .isEqualTo(new Arrival.Loud());
    }

    @Test
    void anAcknowledgedOneDoesNotComeBack() {
        // Given
        Earlier known = earlier(3, AlertState.ACKNOWLEDGED);

        // Then
        assertThat(Arrival.of(poor(daysLater(29)), List.of(known), HOLDS)).isEqualTo(new Arrival.Quiet(known));
        assertThat(Arrival.of(concerning(daysLater(29)), List.of(known), HOLDS)).isEqualTo(new Arrival.Quiet(known));
    }

    @Test
    void anAcknowledgedOneComesBackWhenItIsWorse() {
        assertThat(Arrival.of(poor(daysLater(1)), List.of(earlier(2, AlertState.ACKNOWLEDGED)), HOLDS))
                .isEqualTo(new Arrival.Loud());
    }

    @Test
    void anAcknowledgementHoldsForSoLong() {
        assertThat(Arrival.of(poor(daysLater(30)), List.of(earlier(3, AlertState.ACKNOWLEDGED)), HOLDS))
                .isEqualTo(new Arrival.Loud());
    }

    @Test
    void anotherDirectionInBetweenMakesItNewsAgain() {
        // Given
        Earlier better = new Earlier("mid", daysLater(2), "better", 0, AlertState.OPEN, null, null, null);

        // Then
        assertThat(Arrival.of(poor(daysLater(4)), List.of(better, earlier(3, AlertState.ACKNOWLEDGED)), HOLDS))
                .isEqualTo(new Arrival.Loud());
    }

    @Test
    void aSnoozedOneKeepsQuietUntilItsInstant() {
        // Given
        Earlier snoozed = earlier(3, AlertState.SNOOZED);

        // Then
        assertThat(Arrival.of(poor(daysLater(2)), List.of(snoozed), HOLDS)).isEqualTo(new Arrival.Quiet(snoozed));
        assertThat(Arrival.of(poor(daysLater(3)), List.of(snoozed), HOLDS)).isEqualTo(new Arrival.Loud());
    }

    @Test
    void aCoolDownLeavesOutWhatIsNoWorseBeforeAndAfterTheOther() {
        // Given
        Duration week = Duration.ofDays(7);
        List<Earlier> one = List.of(earlier(2, AlertState.OPEN));

        // Then
        Matter same = new Matter("health-changed", "worse", 2);
        assertThat(Arrival.of(alert(daysLater(6), same, week), one, HOLDS)).isEqualTo(new Arrival.LeftOut());
        assertThat(Arrival.of(alert(daysLater(-6), same, week), one, HOLDS)).isEqualTo(new Arrival.LeftOut());
        assertThat(Arrival.of(alert(daysLater(7), same, week), one, HOLDS)).isEqualTo(new Arrival.Loud());
        Matter worse = new Matter("health-changed", "worse", 3);
        assertThat(Arrival.of(alert(daysLater(1), worse, week), one, HOLDS)).isEqualTo(new Arrival.Loud());
    }

    @Test
    void whatStandsForItselfIsAlwaysLoud() {
        assertThat(Arrival.of(
                        alert(daysLater(1), null, Duration.ofDays(9)),
                        List.of(earlier(9, AlertState.ACKNOWLEDGED)),
                        HOLDS))
                .isEqualTo(new Arrival.Loud());
    }
}
