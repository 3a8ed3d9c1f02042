package dev.stagecoach.alerts.delivery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.delivery.Step.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final Pace PACE = new Pace(ofSeconds(1), ofSeconds(2), ofMinutes(5));

    @Test
    void restsBetweenTwoMessages() {
        assertThat(PACE.after(new Outcome.Posted(), 0)).isEqualTo(new Step(State.SENT, ofSeconds(1), null));
    }

    @Test
    void waitsAsLongAsTheChatAsks() {
        assertThat(PACE.after(new Outcome.Busy(ofSeconds(30)), 7))
                .isEqualTo(new Step(State.WAITING, ofSeconds(30), "busy, asked for 30 s"));
    }

    @Test
    void neverGoesFasterThanTheSpacing() {
        assertThat(PACE.after(new Outcome.Busy(Duration.ZERO), 0).pause()).isEqualTo(ofSeconds(1));
    }

    @ParameterizedTest(name = "attempt {0}: {1} s")
    @CsvSource({"0, 2", "1, 4", "2, 8", "7, 256", "8, 300", "1000000, 300"})
    void backsOffLongerWithEachFailureAndNeverGivesUp(int attempts, int seconds) {
        assertThat(PACE.after(new Outcome.Unavailable("503"), attempts))
                .isEqualTo(new Step(State.WAITING, ofSeconds(seconds), "503"));
    }

    @Test
    void parksWhatTheChatRefuses() {
        assertThat(PACE.after(new Outcome.Refused("404 no_service"), 0))
                .isEqualTo(new Step(State.FAILED, ofSeconds(1), "404 no_service"));
    }
}
