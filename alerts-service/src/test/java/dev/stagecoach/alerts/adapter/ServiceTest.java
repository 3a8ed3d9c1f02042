package dev.stagecoach.alerts.adapter;

import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/** A test of the whole service on real Kafka and PostgreSQL, with a page that is open and a stand-in for Slack. */
@QuarkusTest
@TestProfile(ServiceTest.Settings.class)
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "alerts")
        })
@QuarkusTestResource(SlackStandIn.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface ServiceTest {
    /** Settings of the service in these tests. */
    final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "stagecoach.api.tokens", "test-token,other-token",
                    "stagecoach.alerts.console.open", "true",
                    "stagecoach.alerts.console.url", "https://console.example/",
                    "stagecoach.alerts.slack.spacing", "20ms",
                    "stagecoach.alerts.slack.first-back-off", "100ms",
                    "stagecoach.alerts.slack.longest-back-off", "200ms",
                    "stagecoach.alerts.slack.timeout", "2s");
        }
    }
}
