package dev.stagecoach.alerts.webhook;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.webhook.Verdict.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {
    private static final Retries RETRIES = new Retries(List.of(ofSeconds(5), ofMinutes(5), ofHours(2)), ofMinutes(1));
    private static final Duration ALL_OF_THEM = ofSeconds(5).plus(ofMinutes(5)).plus(ofHours(2));

    private static Attempt answered(int status) {
        return new Attempt(status, null, "text", ZERO);
    }

    private static final Attempt UNANSWERED = new Attempt(null, null, "no answer: ConnectException", ZERO);

    @ParameterizedTest
    @CsvSource({"200", "202", "204", "299"})
    void takesWhatIsTaken(int status) {
        assertThat(RETRIES.after(answered(status), 2, ofHours(3))).isEqualTo(new Verdict(State.SENT, ZERO, ZERO, null));
    }

    @ParameterizedTest(name = "try {0}: {1} s")
    @CsvSource({"0, 5", "1, 300", "2, 7200"})
    void triesAgainLaterEachTime(int tries, int seconds) {
        assertThat(RETRIES.after(answered(500), tries, ZERO))
                .isEqualTo(new Verdict(State.WAITING, ofSeconds(seconds), ZERO, null));
    }

    @ParameterizedTest
    @CsvSource({"301", "400", "404", "429", "503"})
    void triesAgainWhateverTheAnswer(int status) {
        assertThat(RETRIES.after(answered(status), 0, ZERO).state()).isEqualTo(State.WAITING);
    }

    @Test
    void leavesAnEndpointAloneForAsLongAsItAsks() {
        assertThat(RETRIES.after(new Attempt(429, ofMinutes(10), "", ZERO), 0, ZERO))
                .isEqualTo(new Verdict(State.WAITING, ofMinutes(10), ofMinutes(10), null));
    }

    @ParameterizedTest(name = "failing for {0} s: {1} s")
    @CsvSource({"0, 0", "10, 5", "120, 60", "1000000, 60"})
    void asksAnEndpointThatTakesNothingLessAndLessOften(long failing, int pause) {
        assertThat(RETRIES.after(UNANSWERED, 0, ofSeconds(failing)).pause()).isEqualTo(ofSeconds(pause));
    }

    @Test
    void givesUpAMessageThatAnEndpointRefusesWhileItTakesOthers() {
        assertThat(RETRIES.after(answered(500), 3, ofMinutes(1)).state()).isEqualTo(State.FAILED);
    }

    @Test
    void parksAnEndpointThatHasTakenNothingAllThatTime() {
        // When
        Verdict verdict = RETRIES.after(UNANSWERED, 3, ALL_OF_THEM);

        // Then
        assertThat(verdict.state()).isEqualTo(State.WAITING);
        assertThat(verdict.parkedBecause())
                .isEqualTo("the endpoint has taken nothing for 2 h, last no answer: ConnectException");
    }

    @Test
    void parksAnEndpointThatIsGone() {
        // When
        Verdict verdict = RETRIES.after(answered(410), 0, ZERO);

        // Then
        assertThat(verdict.state()).isEqualTo(State.WAITING);
        assertThat(verdict.parkedBecause()).contains("410 Gone");
    }
}
