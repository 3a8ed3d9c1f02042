package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.alerts.rule.Alert;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RaisedAlertsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RaisedAlerts raised = new RaisedAlerts(POLICY);
    private final Channel channel =
            POLICY.route(AlertKind.HEALTH_CHANGED).orElseThrow().channel();

    @BeforeEach
    void bind() {
        raised.bindTo(meters);
    }

    @Test
    void whatThePolicyAllowsForIsThereFromTheStart() {
        assertThat(counted()).isZero();
    }

    @Test
    void alertsCountOnceTheirTransactionIsCommitted() {
        // When
        raised.begin();
        raised.add(List.of(alert(), alert()));
        raised.committed();
        raised.committed();

        // Then
        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void thoseOfATransactionThatWasRolledBackDoNot() {
        // Given
        raised.begin();
        raised.add(List.of(alert()));

        // When the same comes again
        raised.begin();
        raised.add(List.of(alert()));
        raised.committed();

        // Then
        assertThat(counted()).isEqualTo(1);
    }

    private double counted() {
        return meters.get("stagecoach.alerts.raised")
                .tag("channel", channel.key())
                .tag("kind", "health-changed")
                .counter()
                .count();
    }

    private Alert alert() {
        return new Alert(
                "id",
                AlertKind.HEALTH_CHANGED,
                "acme",
                Instant.EPOCH,
                "title",
                Map.of(),
                channel,
                List.of(),
                null,
                Duration.ZERO,
                "cause");
    }
}
