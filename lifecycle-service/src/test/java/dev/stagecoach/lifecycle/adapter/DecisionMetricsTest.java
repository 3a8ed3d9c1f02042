package dev.stagecoach.lifecycle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Milestone;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionMetricsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DecisionMetrics metrics = new DecisionMetrics();

    @BeforeEach
    void bind() {
        metrics.bindTo(meters);
    }

    @Test
    void everyKindOfDecisionIsThereFromTheStart() {
        assertThat(meters.get("stagecoach.lifecycle.decisions").functionCounters())
                .hasSize(12)
                .allMatch(counter -> counter.count() == 0);
    }

    @Test
    void decisionsCountByKindAndTheWaitCountsOncePerLook() {
        // Given one look that decided two things, and one that decided one
        DecisionTotals totals = new DecisionTotals();
        totals.add(List.of(firstPing(), firstPing()), NOON);
        totals.add(List.of(firstPing()), NOON.plusSeconds(1));

        // When
        metrics.add(totals, NOON.plusSeconds(3));

        // Then
        assertThat(counted("first-ping")).isEqualTo(3);
        assertThat(counted("stage-changed")).isZero();
        assertThat(latency().count()).isEqualTo(2);
        assertThat(latency().totalTime(TimeUnit.SECONDS)).isEqualTo(5);
    }

    @Test
    void whatTimeAloneDecidedHasKeptNobodyWaiting() {
        // When
        metrics.add(totals(null), NOON);

        // Then
        assertThat(counted("first-ping")).isEqualTo(1);
        assertThat(latency().count()).isZero();
    }

    @Test
    void aLookThatDecidesNothingIsNotTimed() {
        // Given
        DecisionTotals totals = new DecisionTotals();
        totals.add(List.of(), NOON);

        // When
        metrics.add(totals, NOON.plusSeconds(1));

        // Then
        assertThat(latency().count()).isZero();
    }

    @Test
    void whatIsReadAgainOrOfAnotherTimeIsNotTimed() {
        // When
        metrics.add(totals(NOON.minus(Duration.ofDays(1))), NOON);
        metrics.add(totals(NOON.plusSeconds(1)), NOON);

        // Then
        assertThat(counted("first-ping")).isEqualTo(2);
        assertThat(latency().count()).isZero();
    }

    private static DecisionTotals totals(@Nullable Instant receivedAt) {
        DecisionTotals totals = new DecisionTotals();
        totals.add(List.of(firstPing()), receivedAt);
        DecisionTotals ofTransaction = new DecisionTotals();
        ofTransaction.add(totals);
        return ofTransaction;
    }

    private static Event<?> firstPing() {
        return Event.of(
                "id",
                EventType.FIRST_PING,
                "/lifecycle-service",
                "acme",
                NOON,
                null,
                new Milestone.FirstPing("acme", NOON, "i1", null, null));
    }

    private double counted(String kind) {
        return meters.get("stagecoach.lifecycle.decisions")
                .tag("kind", kind)
                .functionCounter()
                .count();
    }

    private Timer latency() {
        return meters.get("stagecoach.lifecycle.decision.latency").timer();
    }
}
