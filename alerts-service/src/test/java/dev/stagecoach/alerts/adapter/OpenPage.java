package dev.stagecoach.alerts.adapter;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Settings of the service in tests: people on this machine are signed in, and a chat that wastes no time. */
public final class OpenPage implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "stagecoach.api.tokens", "test-token,other-token",
                "stagecoach.api.tokens-on-this-machine-only", "true",
                "stagecoach.alerts.console.local-user", "ana@team.example.com",
                "stagecoach.alerts.console.url", "https://console.example/",
                "stagecoach.alerts.slack.spacing", "20ms",
                "stagecoach.alerts.slack.first-back-off", "100ms",
                "stagecoach.alerts.slack.longest-back-off", "200ms",
                "stagecoach.alerts.slack.timeout", "2s");
    }
}
