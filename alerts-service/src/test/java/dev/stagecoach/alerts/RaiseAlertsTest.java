package dev.stagecoach.alerts;

import static dev.stagecoach.alerts.Fixtures.DAY;
import static dev.stagecoach.alerts.Fixtures.POLICY;
import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.health;
import static dev.stagecoach.alerts.Fixtures.silent;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static dev.stagecoach.alerts.Fixtures.suppressed;
import static dev.stagecoach.alerts.Fixtures.tick;
import static dev.stagecoach.alerts.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.alerts.rule.AlertRules;
import dev.stagecoach.alerts.rule.Matter;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.TimeTick;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaiseAlertsTest {
    private static final List<Event<?>> STORY = story();

    private final RaiseAlerts raiseAlerts = new RaiseAlerts(new AlertRules(POLICY, id -> "/accounts/" + id));
    private final InMemory memory = new InMemory();

    private static List<Incoming> incoming(List<? extends Event<?>> events) {
        return events.stream().map(event -> new Incoming(event, 0)).toList();
    }

    private void apply(List<? extends Event<?>> events) {
        raiseAlerts.from(incoming(events), memory, memory, memory);
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
        apply(STORY);
        Map<String, Alert> before = Map.copyOf(memory.alerts);

        // When
        apply(STORY);

        // Then
        assertThat(before.values())
                .extracting(RaiseAlertsTest::subject)
                .containsExactlyInAnyOrder(
                        "stage-changed Onboarding",
                        "programme-blocked/admin-onboarding/instance-admin ",
                        "usage-target reached",
                        "low-utilization ",
                        "health-changed worse",
                        "seat-utilization rising",
                        "usage-target lost",
                        "seat-utilization falling",
                        "silence/acme-prod/2025-03-14T09:00:00Z ",
                        "stage-changed Adopting");
        assertThat(memory.alerts).isEqualTo(before);
    }

    private static String subject(Alert alert) {
        Matter matter = Objects.requireNonNull(alert.matter());
        return matter.name() + " " + matter.direction();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void raisesNoSecondAlertHoweverTopicsOvertakeOneAnotherAndRepeat(long seed) {
        // Given
        Random random = new Random(seed);
        List<Event<?>> events = overtaking(STORY, random);
        apply(STORY);
        List<String> expected =
                memory.alerts.values().stream().map(RaiseAlertsTest::subject).toList();
        InMemory other = new InMemory();

        // When
        raiseAlerts.from(incoming(events), other, other, other);
        for (int repeat = 0; repeat < 3; repeat++) {
            int from = random.nextInt(events.size());
            raiseAlerts.from(incoming(events.subList(from, events.size())), other, other, other);
        }

        // Then
        assertThat(other.alerts.values())
                .extracting(RaiseAlertsTest::subject)
                .doesNotHaveDuplicates()
                .isSubsetOf(expected);
    }

    /** The events of each topic in their order, those of different topics in any. */
    private static List<Event<?>> overtaking(List<Event<?>> events, Random random) {
        Map<String, Deque<Event<?>>> topics = new TreeMap<>();
        events.forEach(event -> topics.computeIfAbsent(event.topic(), topic -> new ArrayDeque<>())
                .add(event));
        List<Event<?>> mixed = new ArrayList<>();
        while (!topics.isEmpty()) {
            String topic = List.copyOf(topics.keySet()).get(random.nextInt(topics.size()));
            mixed.add(topics.get(topic).removeFirst());
            if (topics.get(topic).isEmpty()) {
                topics.remove(topic);
            }
        }
        return mixed;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void raisesTheSameAlertsHoweverABacklogIsCutAndRepeated(long seed) {
        // Given
        List<Event<?>> events = STORY;
        apply(events);
        Map<String, Alert> expected = Map.copyOf(memory.alerts);
        InMemory other = new InMemory();
        Random random = new Random(seed);

        // When
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(4));
            raiseAlerts.from(incoming(events.subList(from, to)), other, other, other);
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

    private static List<Event<?>> story() {
        return List.of(
                facts("Blue Harbor Labs"),
                stageChanged(null, Stage.ONBOARDING),
                suppressed("day-0", "no-contact-for-role: instance-admin"),
                suppressed("day-3", "no-contact-for-role: instance-admin"),
                tick("2025-03-14T17:00:00Z"),
                usage(40, 100),
                health(HealthLevel.CONCERNING, HealthLevel.POOR, 2.0),
                usage(85, 100),
                usage(79, 100),
                silent("acme-prod", "2025-03-14T09:00:00Z"),
                tick("2025-03-18T17:00:00Z"),
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
        public Map<String, Integer> due(Map<Integer, Instant> untilByPartition) {
            Map<String, Integer> due = new HashMap<>();
            Instant until = untilByPartition.get(0);
            for (Account account : accounts.values()) {
                if (until != null
                        && account.nextDue() != null
                        && !account.nextDue().isAfter(until)) {
                    due.put(account.id(), 0);
                }
            }
            return due;
        }

        @Override
        public void keep(Map<Account, Integer> changed) {
            changed.keySet().forEach(account -> accounts.put(account.id(), account));
        }

        @Override
        public void raise(List<Alert> raised) {
            raised.forEach(alert -> alerts.putIfAbsent(alert.id(), alert));
        }

        @Override
        public void endSnoozes(Instant tick) {
            time = tick;
        }

        @Override
        public void is(Instant tick) {
            ticks.add(tick);
            time = Collections.max(ticks);
        }
    }
}
