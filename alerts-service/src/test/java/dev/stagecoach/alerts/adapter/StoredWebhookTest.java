package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredWebhookTest {

    @Test
    void howItStandsQuotesNoReceiver() {
        StoredWebhook parked = new StoredWebhook(
                "crm",
                "https://crm.example.com/hook",
                List.of(),
                "parked",
                "422: no such field in {\"comment\": \"write to vera@example.com\"}",
                "set it right, then POST /v1/webhooks/crm/resume",
                Instant.parse("2026-11-01T12:00:00Z"),
                3,
                Instant.parse("2026-11-01T11:59:00Z"),
                40,
                1);

        assertThat(parked.standing())
                .isEqualTo(
                        "parked, 3 waiting since 2026-11-01T11:59:00Z, 40 sent, 1 given up; takes nothing since"
                                + " 2026-11-01T12:00:00Z: GET /v1/webhooks says why; set it right, then POST /v1/webhooks/crm/resume");
        assertThat(parked.problemText()).contains("vera@example.com");
    }
}
