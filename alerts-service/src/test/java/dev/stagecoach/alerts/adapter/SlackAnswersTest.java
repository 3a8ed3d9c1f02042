package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.adapter.ApacheHttp.Answer;
import dev.stagecoach.alerts.delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackAnswersTest {
    private static Answer answer(int status, String body) {
        return new Answer(status, Optional.empty(), body);
    }

    private static Outcome api(String error) {
        return SlackAnswers.ofApi(answer(200, "{\"ok\":false,\"error\":\"" + error + "\"}"));
    }

    @Test
    void whatTheApiTookHasAName() {
        assertThat(SlackAnswers.ofApi(answer(200, "{\"ok\":true,\"ts\":\"1503435956.000247\"}")))
                .isEqualTo(new Outcome.Posted("1503435956.000247"));
    }

    @Test
    void aRateIsObeyed() {
        assertThat(SlackAnswers.ofApi(new Answer(429, Optional.of(Duration.ofSeconds(7)), "")))
                .isEqualTo(new Outcome.Busy(Duration.ofSeconds(7)));
        assertThat(SlackAnswers.ofWebhook(answer(429, ""))).isEqualTo(new Outcome.Busy(Duration.ofSeconds(30)));
        assertThat(api("ratelimited")).isEqualTo(new Outcome.Busy(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "internal_error, Unavailable",
        "thread_not_found, NoThread",
        "invalid_auth, Closed",
        "channel_not_found, Closed",
        "not_in_channel, Closed",
        "msg_too_long, Refused",
        "invalid_blocks, Refused",
        "an_error_of_tomorrow, Refused"
    })
    void anErrorSaysWhetherToWaitToActOrToGiveUp(String error, String outcome) {
        assertThat(api(error).getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(api(error).toString()).contains(error);
    }

    @ParameterizedTest
    @CsvSource({
        "500, Unavailable",
        "503, Unavailable",
        "408, Unavailable",
        "403, Closed",
        "404, Closed",
        "410, Closed",
        "400, Refused",
        "413, Refused"
    })
    void theStatusOfAWebhookSaysSoToo(int status, String outcome) {
        assertThat(SlackAnswers.ofWebhook(answer(status, "why")).getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void anAnswerThatIsNoneOfSlacksIsTriedAgain() {
        assertThat(SlackAnswers.ofApi(answer(200, "<html>proxy</html>"))).isInstanceOf(Outcome.Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 | 30",
                "0 | 0",
                "999999999 | 86400",
                "Wed, 04 Mar 2026 05:07:07 GMT | 60",
                "Wed, 04 Mar 2026 05:00:00 GMT | 0"
            })
    void retryAfterIsSecondsOrADate(String text, long seconds) {
        assertThat(ApacheHttp.retryAfter(text, Instant.parse("2026-03-04T05:06:07Z")))
                .contains(Duration.ofSeconds(seconds));
    }

    @Test
    void anythingElseIsNoRetryAfter() {
        assertThat(ApacheHttp.retryAfter("soon", Instant.EPOCH)).isEmpty();
    }
}
