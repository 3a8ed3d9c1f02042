package dev.stagecoach.alerts;

import static dev.stagecoach.alerts.Fixtures.DAY;
import static dev.stagecoach.alerts.Fixtures.POLICY;
import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static dev.stagecoach.alerts.Fixtures.suppressed;
import static dev.stagecoach.alerts.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.alerts.rule.AlertRules;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.TimeTick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaiseAlertsTest {
    private final RaiseAlerts raiseAlerts = new RaiseAlerts(new AlertRules(POLICY, id -> "/accounts/" + id));
    private final InMemory memory = new InMemory();

    private void apply(List<? extends Event<?>> events) {
        raiseAlerts.from(events, memory, memory, memory);
    }

    @Test
    void remembersAccountsFromOneBatchToTheNext() {
        // Given
        apply(List.of(facts("Blue Harbor Labs")));

        // When
        apply(List.of(stageChanged(Stage.ONBOARDING, Stage.ADOPTING)));

        // Then
        assertThat(memory.alerts.values())
                .extracting(Alert::title)
                .containsExactly("Blue Harbor Labs entered Adopting");
    }

    @Test
    void saysThatAnAccountIsInNoStageAnyMore() {
        // Given
        apply(List.of(facts("Blue Harbor Labs"), stageChanged(null, Stage.PROSPECT)));

        // When
        apply(List.of(stageChanged(Stage.PROSPECT, null)));

        // Then
        assertThat(memory.alerts.values())
                .extracting(Alert::title)
                .containsExactlyInAnyOrder(
                        "Blue Harbor Labs entered Prospect", "Blue Harbor Labs is in no stage any more");
    }

    @Test
    void raisesNothingNewForAReplay() {
        // Given
        List<Event<?>> events = aStory();
        apply(events);
        Map<String, Alert> before = Map.copyOf(memory.alerts);

        // When
        apply(events);

        // Then
        assertThat(before).hasSize(5);
        assertThat(memory.alerts).isEqualTo(before);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void raisesTheSameAlertsHoweverABacklogIsCutAndRepeated(long seed) {
        // Given
        List<Event<?>> events = aStory();
        apply(events);
        Map<String, Alert> expected = Map.copyOf(memory.alerts);
        InMemory other = new InMemory();
        Random random = new Random(seed);

        // When
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(4));
            raiseAlerts.from(events.subList(from, to), other, other, other);
            from = random.nextInt(3) == 0 ? Math.max(0, to - 2) : to;
            if (to == events.size()) {
                break;
            }
        }

        // Then
        assertThat(other.alerts).isEqualTo(expected);
    }

    @Test
    void takesTheTimeFromTicks() {
        // When
        apply(List.of(
                new Event<>("tick", EventType.TIME_TICK, "time.ticks", "/test", null, DAY, null, new TimeTick(DAY))));

        // Then
        assertThat(memory.time).isEqualTo(DAY);
    }

    private static List<Event<?>> aStory() {
        return List.of(
                facts("Blue Harbor Labs"),
                stageChanged(null, Stage.ONBOARDING),
                suppressed("day-0", "no-contact-for-role: instance-admin"),
                suppressed("day-3", "no-contact-for-role: instance-admin"),
                usage(40, 100),
                usage(85, 100),
                usage(79, 100),
                stageChanged(Stage.ONBOARDING, Stage.ADOPTING));
    }

    /** The ports by hand. */
    private static final class InMemory implements Accounts, Alerts, Time {
        private final Map<String, Account> accounts = new HashMap<>();
        private final Map<String, Alert> alerts = new LinkedHashMap<>();
        private final List<Instant> ticks = new ArrayList<>();
        private Instant time = Instant.EPOCH;

        @Override
        public Map<String, Account> known(Set<String> ids) {
            Map<String, Account> known = new HashMap<>(accounts);
            known.keySet().retainAll(ids);
            return known;
        }

        @Override
        public void keep(Collection<Account> changed) {
            changed.forEach(account -> accounts.put(account.id(), account));
        }

        @Override
        public void raise(List<Alert> raised) {
            raised.forEach(alert -> alerts.putIfAbsent(alert.id(), alert));
        }

        @Override
        public void is(Instant tick) {
            ticks.add(tick);
            time = Collections.max(ticks);
        }
    }
}
