package dev.stagecoach.alerts.delivery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.delivery.Message.Digest;
import dev.stagecoach.alerts.delivery.Message.Single;
import dev.stagecoach.alerts.delivery.Step.State;
import dev.stagecoach.events.AlertRaised;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final Pace PACE = new Pace(ofSeconds(1), ofSeconds(10), ofSeconds(2), ofMinutes(5));

    private static Message tried(int attempts) {
        AlertRaised alert =
                new AlertRaised("acme", "churn", Instant.EPOCH, "churned", Map.of(), "#c", List.of("team"), "e-1");
        return new Single("customer-usage", "alerts.customer-usage", alert, null, false, attempts);
    }

    private static Message digest(int left) {
        Waiting waiting = new Waiting(1, "acme", "Acme", null, "Churn", "churned", false);
        return new Digest("customer-usage", List.of(new AccountAlerts(List.of(waiting))), left, 0);
    }

    @Test
    void restsBetweenTwoMessages() {
        assertThat(PACE.after(new Outcome.Posted("12.5"), tried(0)))
                .isEqualTo(new Step(State.SENT, ofSeconds(1), null, "12.5", false));
    }

    @Test
    void restsLongerAfterADigestThatLeftNothing() {
        assertThat(PACE.after(new Outcome.Posted(null), digest(0)).pause()).isEqualTo(ofSeconds(10));
    }

    @Test
    void goesOnAfterADigestThatLeftSome() {
        assertThat(PACE.after(new Outcome.Posted(null), digest(7)).pause()).isEqualTo(ofSeconds(1));
    }

    @Test
    void keepsWhatWaitsForAClosedPlace() {
        assertThat(PACE.after(new Outcome.Closed("token_revoked: make a new one"), tried(3)))
                .isEqualTo(Step.of(State.WAITING, ofSeconds(16), "token_revoked: make a new one"));
    }

    @Test
    void forgetsAThreadThatTakesNoAnswers() {
        assertThat(PACE.after(new Outcome.NoThread("thread_not_found"), tried(0)))
                .isEqualTo(new Step(State.WAITING, ofSeconds(1), "thread_not_found", null, true));
    }

    @Test
    void waitsAsLongAsTheChatAsks() {
        assertThat(PACE.after(new Outcome.Busy(ofSeconds(30)), tried(7)))
                .isEqualTo(Step.of(State.WAITING, ofSeconds(30), "busy, asked for 30 s"));
    }

    @Test
    void neverGoesFasterThanTheSpacing() {
        assertThat(PACE.after(new Outcome.Busy(Duration.ZERO), tried(0)).pause())
                .isEqualTo(ofSeconds(1));
    }

    @ParameterizedTest(name = "attempt {0}: {1} s")
    @CsvSource({"0, 2", "1, 4", "2, 8", "7, 256", "8, 300", "1000000, 300"})
    void backsOffLongerWithEachFailureAndNeverGivesUp(int attempts, int seconds) {
        assertThat(PACE.after(new Outcome.Unavailable("503"), tried(attempts)))
                .isEqualTo(Step.of(State.WAITING, ofSeconds(seconds), "503"));
    }

    @Test
    void parksWhatTheChatRefuses() {
        assertThat(PACE.after(new Outcome.Refused("msg_too_long"), tried(0)))
                .isEqualTo(Step.of(State.FAILED, ofSeconds(1), "msg_too_long"));
    }
}
