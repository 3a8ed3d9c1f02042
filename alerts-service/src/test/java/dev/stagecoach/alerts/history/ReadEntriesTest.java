package dev.stagecoach.alerts.history;

import static dev.stagecoach.alerts.Fixtures.DAY;
import static dev.stagecoach.alerts.Fixtures.event;
import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static dev.stagecoach.alerts.Fixtures.suppressed;
import static dev.stagecoach.alerts.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Milestone.FeatureFirstUsed;
import dev.stagecoach.events.Milestone.GoalMissed;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.UsageRecap;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadEntriesTest {
    @ParameterizedTest
    @MethodSource("news")
    void saysInALineWhatHappenedAndInAnotherWhy(Event<?> event, EntryKind kind, String title, @Nullable String detail) {
        // When
        Entry entry = ReadEntries.of(new Heard(event, "topic-3@17")).orElseThrow();

        // Then
        assertThat(entry.kind()).isEqualTo(kind);
        assertThat(entry.title()).isEqualTo(title);
        assertThat(entry.detail()).isEqualTo(detail);
        assertThat(entry.record()).isEqualTo("topic-3@17");
    }

    static Stream<Arguments> news() {
        return Stream.of(
                Arguments.of(
                        stageChanged(Stage.ONBOARDING, Stage.ADOPTING),
                        EntryKind.STAGE,
                        "Entered Adopting from Onboarding",
                        "by the clause onboarding over; targets met needs 12 more active users for 80 %"),
                Arguments.of(
                        event(
                                EventType.HEALTH_CHANGED,
                                new HealthChanged(
                                        "acme",
                                        HealthLevel.HEALTHY,
                                        HealthLevel.POOR,
                                        2.5,
                                        DAY,
                                        "standard",
                                        List.of(),
                                        List.of("utilization fell to 41 %", "no contact for 35 days"),
                                        "1")),
                        EntryKind.HEALTH,
                        "Health went from healthy to poor (2.5 of 10)",
                        "utilization fell to 41 %; no contact for 35 days"),
                Arguments.of(
                        event(EventType.FEATURE_FIRST_USED, new FeatureFirstUsed("acme", DAY, "batch-changes", "ping")),
                        EntryKind.FEATURE,
                        "First use of batch-changes",
                        null),
                Arguments.of(
                        event(EventType.GOAL_MISSED, new GoalMissed("acme", DAY, 0.496, 0.5, 124, 250)),
                        EntryKind.MILESTONE,
                        "Onboarding goal missed: 49 % of 250 seats (goal 50 %)",
                        null),
                Arguments.of(
                        suppressed("day-3", "frequency-cap"),
                        EntryKind.MAIL,
                        "Mail not sent: admin onboarding, day 3",
                        "frequency-cap"),
                Arguments.of(
                        event(
                                EventType.SURVEY_ANSWERED,
                                new ContactResponse("acme", "c-1", "check-in", null, DAY, 9, "We like it.", null)),
                        EntryKind.ANSWER,
                        "Contact c-1 answered the survey: 9 of 10",
                        "We like it."),
                Arguments.of(
                        event(
                                EventType.USAGE_RECAP,
                                new UsageRecap("acme", YearMonth.of(2025, 2), 90, 30.0, null, List.of(), -0.1)),
                        EntryKind.USAGE,
                        "Usage of 2025-02: 90 monthly users (-10 %)",
                        null),
                Arguments.of(
                        facts("Acme"),
                        EntryKind.ACT,
                        "Facts entered",
                        "digital, 250 seats, contract closed on 2025-01-13, renews on 2026-01-13"));
    }

    @Test
    void aSummaryOfUsageIsNoNewsByItself() {
        // When
        var entry = ReadEntries.of(new Heard(usage(90, 100), "lifecycle.usage-0@1"));

        // Then
        assertThat(entry).isEmpty();
    }

    @Test
    void ofContactsOnlyIdsAndRolesAreKept() {
        // Given
        var contacts = new AccountContacts(
                "acme", List.of(new Contact("c-1", "Ada Example", "ada@example.com", Set.of(Role.CHAMPION), null)));

        // When
        People people = People.of(contacts, DAY);

        // Then
        assertThat(people.toString()).doesNotContain("Ada", "example.com");
        assertThat(people.roles()).containsExactly(java.util.Map.entry("c-1", Set.of(Role.CHAMPION)));
    }
}
