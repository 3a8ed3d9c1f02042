package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final Milestone.GoalMet GOAL_MET = new Milestone.GoalMet("acme", Samples.NOON, 0.5, 0.5, 50, 100);

    @Test
    void goesToTheTopicOfItsType() {
        Event<?> event = Event.of("id", EventType.GOAL_MET, "/test", "acme", Samples.NOON, null, GOAL_MET);
        assertThat(event.topic()).isEqualTo(Topics.LIFECYCLE_MILESTONES);
        assertThat(event.on("elsewhere").topic()).isEqualTo("elsewhere");
    }

    @Test
    void refusesDataOfAnotherType() {
        assertThatThrownBy(() -> Event.of("id", EventType.GOAL_MISSED, "/test", "acme", Samples.NOON, null, GOAL_MET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("GOAL_MISSED: GoalMet (expected: GoalMissed)");
    }

    @Test
    void refusesDataAboutAnotherAccount() {
        assertThatThrownBy(() -> Event.of("id", EventType.GOAL_MET, "/test", "bolt", Samples.NOON, null, GOAL_MET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("GOAL_MET: about account acme (expected, from its key: bolt)");
    }

    @Test
    void refusesANumberThatIsNone() {
        assertThatThrownBy(() -> new Milestone.TargetReached("acme", Samples.NOON, "usage", 0.0 / 0.0, 0.3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: NaN (expected: a number)");
    }

    @Test
    void refusesNoSeatsAndScoresOffTheScale() {
        assertThatThrownBy(() -> new AccountFacts(
                        "acme",
                        "Acme",
                        Segment.SCALED,
                        null,
                        0,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .hasMessage("seats: 0 (expected: >= 1)");
        assertThatThrownBy(() -> new ContactResponse("acme", "c-1", "check-in", null, Samples.NOON, 11, null, null))
                .hasMessage("score: 11 (expected: 0 to 10)");
    }

    @Test
    void refusesAWriteKeyForNobodyAndForAnythingButAHash() {
        assertThatThrownBy(() -> new WriteKeyScope(null, null))
                .hasMessage("scope: neither accounts nor a product (expected: accounts, or a product)");
        assertThatThrownBy(() -> new WriteKeyScope(List.of("acme"), Product.CODY))
                .hasMessage("scope: both (expected: accounts, or a product)");
        assertThatThrownBy(() -> WriteKeyScope.of(List.of()))
                .hasMessage("scope.accounts: none (expected: at least one)");
        assertThatThrownBy(() -> new WriteKeySecret("sc_k3v9q2m8xa_s3cret", null))
                .hasMessage("secrets[].sha256: 20 characters (expected: 64 hexadecimal digits)");
    }

    @Test
    void isNotChangedByWhoeverMadeItsParts() {
        // Given
        Map<String, Long> counts = new TreeMap<>(Map.of("cody", 1L));
        UsagePing ping = new UsagePing("acme", "main", true, null, Samples.NOON, Samples.NOON, null, counts, null);
        // When
        counts.put("cody", 2L);
        // Then
        assertThat(ping.features()).isEqualTo(Map.of("cody", 1L));
    }
}
