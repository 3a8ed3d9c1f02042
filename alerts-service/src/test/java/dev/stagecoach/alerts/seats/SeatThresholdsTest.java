package dev.stagecoach.alerts.seats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md, seat utilization. */
@DisplayName("6 seat utilization")
class SeatThresholdsTest {
    private static final int SEATS = 1000;
    private static final SeatThresholds THRESHOLDS = new SeatThresholds(List.of(50, 80, 90, 100), List.of(80), 5);

    /** Tells what each utilization, in users of 1000 seats, says: +80 crossed upwards, -80 lost. */
    private static String told(String users) {
        return told(users, SEATS);
    }

    private static String told(String users, int seats) {
        return new Story().at(users, seats).told();
    }

    @ParameterizedTest(name = "{0} of 1000 users: {1}")
    @CsvSource({
        "499,      ''",
        "500,      +50",
        "501,      +50",
        "799,      +50",
        "800,      +50+80",
        "899,      +50+80",
        "900,      +50+80+90",
        "999,      +50+80+90",
        "1000,     +50+80+90+100",
        "2500,     +50+80+90+100",
        "0,        ''"
    })
    void tellsTheThresholdsThatTheFirstUtilizationReaches(String users, String expected) {
        assertThat(told(users)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // each threshold upwards, one after the other, once
        "499 500 799 800 899 900 999 1000 1001, +50 +80 +90 +100",
        // a jump tells all it passes, together
        "400 950,                               +50+80+90",
        "400 1200,                              +50+80+90+100",
        // at and above: nothing new
        "500 500 520 600,                       +50",
        // below 80 % after having held it: once
        "800 799,                               +50+80 -80",
        "800 799 790 760,                       +50+80 -80",
        "1000 700,                              +50+80+90+100 -80",
        // never held it: nothing is lost
        "799 600,                               +50",
        // other thresholds do not tell when they are lost
        "500 499,                               +50",
        "900 899,                               +50+80+90",
        // within the margin nothing is armed again: no flapping
        "500 451 500,                           +50",
        "800 799 800 799 800,                   +50+80 -80",
        "800 799 849 799,                       +50+80 -80",
        // left by the margin: armed again, exactly at the margin too
        "500 450 500,                           +50 +50",
        "500 449 500,                           +50 +50",
        "800 750 800,                           +50+80 -80 +80",
        "800 751 800,                           +50+80 -80",
        "900 850 900,                           +50+80+90 +90",
        "1000 951 1000,                         +50+80+90+100",
        "1000 950 1000,                         +50+80+90+100 +100",
        // the loss is armed again where 80 % is exceeded by the margin, or told again
        "800 799 850 799,                       +50+80 -80 -80",
        "800 750 800 799,                       +50+80 -80 +80 -80",
        // unknown in between changes nothing
        "500 ? 500,                             +50",
        "800 ? 799,                             +50+80 -80",
        "? 800 ?,                               +50+80",
        "400 ? 500,                             +50",
        "?,                                     ''"
    })
    void tellsOnceAndAgainOnlyWhenArmedAgain(String users, String expected) {
        assertThat(told(users)).isEqualTo(expected);
    }

    @Test
    void armsAThresholdAgainWhenSeatsChangeBelowIt() {
        // Given
        var story = new Story().at("82", 100);

        // When
        story.at("82", 103).at("83", 103);

        // Then: 79.6 % is within the margin, but of other seats
        assertThat(story.told()).isEqualTo("+50+80 -80 +80");
    }

    @Test
    void tellsTheLossThatMoreSeatsBring() {
        assertThat(new Story().at("92", 100).at("92", 150).told()).isEqualTo("+50+80+90 -80");
    }

    @Test
    void tellsWhatFewerSeatsCross() {
        assertThat(new Story().at("72", 100).at("72", 80).told()).isEqualTo("+50 +80+90");
    }

    @Test
    void doesNotRepeatAThresholdThatChangedSeatsStillReach() {
        assertThat(new Story().at("92", 100).at("95", 105).told()).isEqualTo("+50+80+90");
    }

    @Test
    void armsTheLossAgainWhenSeatsChangeAndItIsHeld() {
        // Given
        var story = new Story().at("800 799", SEATS);

        // When
        story.at("800", SEATS - 1).at("799", SEATS);

        // Then
        assertThat(story.told()).isEqualTo("+50+80 -80 -80");
    }

    @Test
    void comparesSeatsWithThoseOfTheLastKnownUtilization() {
        assertThat(new Story()
                        .at("82", 100)
                        .at("?", 103)
                        .at("82", 103)
                        .at("83", 103)
                        .told())
                .isEqualTo("+50+80 -80 +80");
    }

    @Test
    void comparesExactly() {
        // Given: 0.57 * 100 is less than 57 in binary
        var thresholds = new SeatThresholds(List.of(57), List.of(), 5);

        // When
        var move = thresholds.move(SeatMarks.NONE, 57.0 / 100.0, 100);

        // Then
        assertThat(move.crossed()).containsExactly(57);
    }

    @Test
    void namesTheHighestOfSeveral() {
        // When
        var move = THRESHOLDS.move(SeatMarks.NONE, 0.95, 100);

        // Then
        assertThat(move.highestCrossed()).contains(90);
    }

    @Test
    void refusesALossThatIsNeverGained() {
        assertThatThrownBy(() -> new SeatThresholds(List.of(50), List.of(80), 5))
                .hasMessage("falling: 80 (expected: one of rising [50])");
    }

    /** One utilization after the other. */
    private static final class Story {
        private final List<String> told = new ArrayList<>();
        private SeatMarks marks = SeatMarks.NONE;

        Story at(String users, int seats) {
            for (String count : users.split(" ", -1)) {
                Double utilization = count.equals("?") ? null : Double.parseDouble(count) / seats;
                SeatMove move = THRESHOLDS.move(marks, utilization, seats);
                marks = move.marks();
                String said = said("+", move.crossed()) + said("-", move.lost());
                if (!said.isEmpty()) {
                    told.add(said);
                }
            }
            return this;
        }

        String told() {
            return String.join(" ", told);
        }

        private static String said(String sign, List<Integer> thresholds) {
            return String.join("", thresholds.stream().map(one -> sign + one).toList());
        }
    }
}
