package dev.stagecoach.alerts.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.alerts.ActOnAlerts;
import dev.stagecoach.alerts.Handlings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** docs/rules.md, alerts: what people do with them. */
class HandlingTest {
    private static final Instant NOON = Instant.parse("2025-03-14T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofDays(2));
    private static final Act ACKNOWLEDGE = new Act.Acknowledge("ana", null);

    private final InMemory memory = new InMemory();
    private final ActOnAlerts actOnAlerts = new ActOnAlerts();

    private Handling after(Act... acts) {
        memory.handlings.put("a-1", Handling.NEW);
        Handling last = Handling.NEW;
        Instant at = NOON;
        for (Act act : acts) {
            last = actOnAlerts.act("a-1", act, at, memory).orElseThrow();
            at = at.plusSeconds(1);
        }
        return last;
    }

    @Test
    void anAcknowledgedAlertStaysSoSinceTheFirstTime() {
        assertThat(after(ACKNOWLEDGE, new Act.Acknowledge("ben", null)))
                .isEqualTo(new Handling(AlertState.ACKNOWLEDGED, NOON, null, null));
        assertThat(memory.acts).containsExactly(ACKNOWLEDGE);
    }

    @Test
    void aSnoozeEndsWhenItIsAcknowledgedOrReopened() {
        // Given
        Act snooze = new Act.Snooze("ana", LATER, null);

        // Then
        assertThat(after(snooze)).isEqualTo(new Handling(AlertState.SNOOZED, NOON, LATER, null));
        assertThat(after(snooze, ACKNOWLEDGE))
                .isEqualTo(new Handling(AlertState.ACKNOWLEDGED, NOON.plusSeconds(1), null, null));
        assertThat(after(snooze, new Act.Reopen("ana", null)))
                .isEqualTo(new Handling(AlertState.OPEN, NOON.plusSeconds(1), null, null));
    }

    @Test
    void aSnoozeCannotEndBeforeNow() {
        assertThatThrownBy(() -> after(new Act.Snooze("ana", NOON, null)))
                .hasMessage("until: 2025-03-14T12:00:00Z (expected: after 2025-03-14T12:00:00Z, which is now)");
    }

    @Test
    void anAssigneeStaysWhateverTheStateIs() {
        assertThat(after(new Act.Assign("ana", "ben", null), ACKNOWLEDGE).assignee())
                .isEqualTo("ben");
        assertThat(after(new Act.Assign("ana", "ben", null), new Act.Assign("ben", null, "away"))
                        .assignee())
                .isNull();
    }

    @Test
    void everyCommentIsKept() {
        // Given
        Act comment = new Act.Comment("ana", "called them");
        Act again = new Act.Acknowledge("ben", "me too");

        // When
        after(comment, comment, ACKNOWLEDGE, again);

        // Then
        assertThat(memory.acts).containsExactly(comment, comment, ACKNOWLEDGE, again);
    }

    @Test
    void nobodyActsOnWhatIsNotThere() {
        assertThat(actOnAlerts.act("nowhere", ACKNOWLEDGE, NOON, memory)).isEmpty();
        assertThat(memory.acts).isEmpty();
    }

    /** The port by hand. */
    private static final class InMemory implements Handlings {
        private final Map<String, Handling> handlings = new HashMap<>();
        private final List<Act> acts = new ArrayList<>();

        @Override
        public Optional<Handling> of(String alert) {
            return Optional.ofNullable(handlings.get(alert));
        }

        @Override
        public void keep(String alert, Handling handling, Act act, Instant at) {
            handlings.put(alert, handling);
            acts.add(act);
        }
    }
}
