package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSecretTest {
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String BODY = "{\"test\": 2432232314}";

    /** The example that the libraries of Standard Webhooks share. */
    @Test
    void signsAsTheStandardDoes() {
        assertThat(WebhookSecret.of(OLD).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whoeverHasOneOfTheSecretsCanVerify() throws Exception {
        // Given
        List<WebhookSecret> both = List.of(WebhookSecret.of(NEW), WebhookSecret.of(OLD));

        // When
        HttpHeaders headers = headers(WebhookHeaders.of(both, "alert-1", Instant.now(), BODY));

        // Then
        new Webhook(OLD).verify(BODY, headers);
        new Webhook(NEW).verify(BODY, headers);
        assertThatThrownBy(() -> new Webhook(OLD).verify(BODY + " ", headers)).hasMessageContaining("signature");
    }

    private static HttpHeaders headers(Map<String, String> headers) {
        return HttpHeaders.of(
                headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
                (name, value) -> true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | does not start with whsec_",
                "whsec_not*base64 | not base64",
                "whsec_c2hvcnQ= | of 5 bytes"
            })
    void refusesWhatIsNoSecretWithoutShowingIt(String text, String expected) {
        assertThatThrownBy(() -> WebhookSecret.of(text))
                .hasMessageContaining(expected)
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining(text.replace("whsec_", ""));
    }

    @Test
    void isNotShown() {
        assertThat(WebhookSecret.of(OLD).toString()).isEqualTo("whsec_…");
    }
}
