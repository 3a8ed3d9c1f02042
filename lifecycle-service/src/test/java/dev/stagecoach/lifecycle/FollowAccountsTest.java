package dev.stagecoach.lifecycle;

import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.Customer.openDeal;
import static dev.stagecoach.lifecycle.Fixtures.POLICY;
import static dev.stagecoach.lifecycle.Fixtures.STAGES;
import static dev.stagecoach.lifecycle.Fixtures.USAGE;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static dev.stagecoach.lifecycle.Happened.pinged;
import static dev.stagecoach.lifecycle.Happened.tick;
import static dev.stagecoach.lifecycle.Happened.told;
import static dev.stagecoach.lifecycle.Happened.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageRecap.DayUsers;
import dev.stagecoach.events.UsageRecap.FeatureUse;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.journey.FirstUses;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowAccountsTest {
    private final InMemoryBooks books = new InMemoryBooks();
    private final FollowAccounts followAccounts = new FollowAccounts(POLICY);

    @Test
    void decidesWhenFactsAreTold() {
        // Given
        follow(tick(tickOf(CLOSE)));

        // When
        follow(told("facts-1", customer().facts()));

        // Then
        assertThat(types()).containsExactly(EventType.STAGE_CHANGED);
        assertThat(books.decided().get(0).causationId()).isEqualTo("facts-1");
        assertThat(books.decided().get(0).time()).isEqualTo(tickOf(CLOSE));
    }

    @Test
    void decidesOnAllThatIsToldBetweenTwoTicks() {
        // Given
        LocalDate renewal = day(365);
        follow(
                tick(tickOf(day(90))),
                told("facts-1", customer().renewsOn(renewal).facts()));

        // When a churn and the renewal that takes it back come in one batch
        follow(
                told("facts-2", customer().renewsOn(renewal).churnedOn(day(90)).facts()),
                told("facts-3", customer().renewsOn(renewal.plusDays(200)).facts()));

        // Then
        assertThat(stages()).containsExactly(Stage.ADOPTING, Stage.CHURNED, Stage.ADOPTING);
        assertThat(books.decided()).extracting(Event::causationId).containsExactly("facts-1", "facts-2", "facts-3");
    }

    @Test
    void decidesWhenTheTimeOfAnAccountHasCome() {
        // Given
        follow(tick(tickOf(CLOSE)), told("facts-1", customer().facts()));

        // When
        follow(tick(tickOf(day(59))), tick(tickOf(day(60))));

        // Then
        assertThat(stages()).containsExactly(Stage.ONBOARDING, Stage.ADOPTING);
        Event<?> last = books.decided().get(1);
        assertThat(last.causationId()).isEqualTo("tick-" + tickOf(day(60)));
        assertThat(last.time()).isEqualTo(tickOf(day(60)));
    }

    @Test
    void looksAtNobodyWhoseTimeHasNotCome() {
        // Given
        follow(tick(tickOf(CLOSE)), told("facts-1", customer().facts()));
        int before = books.looks();

        // When
        for (int n = 1; n < 60; n++) {
            follow(tick(tickOf(day(n))));
        }

        // Then
        assertThat(books.looks()).isEqualTo(before);
    }

    @Test
    void decidesOnWhatCameBeforeATickAtTheTimeOfTheTickBefore() {
        // When the ping comes between two ticks, all in one batch
        follow(
                tick(tickOf(day(1))),
                told("facts-1", customer().facts()),
                ping("ping-1", tickOf(day(1)).plusSeconds(60), 0),
                tick(tickOf(day(2))));

        // Then
        assertThat(types()).containsExactly(EventType.STAGE_CHANGED, EventType.FIRST_PING);
        assertThat(books.decided()).allMatch(event -> event.time().equals(tickOf(day(1))));
        assertThat(books.decided().get(1).causationId()).isEqualTo("ping-1");
    }

    @Test
    void ofMoreFeaturesThanAreNewsEachIsCountedAndNoneIsTold() {
        // Given an account that is told of three
        Policy threeFirstUses =
                new Policy("v1", new Rules(STAGES, USAGE, new MilestonePolicy(7, 3), Fixtures.PULSE), Map.of());
        FollowAccounts follows = new FollowAccounts(threeFirstUses);
        follows.follow(
                books, List.of(tick(tickOf(day(1))), told("facts-1", customer().facts())));
        follows.follow(
                books,
                List.of(pinged(
                        "ping-1", "acme", "i1", tickOf(day(1)), ActiveUsers.of(5, 5), Map.of("in use before", 9L))));

        // When
        for (String feature : List.of("a", "b", "b", "c", "d", "e", "a", "d")) {
            follows.follow(books, List.of(used("event-" + feature, "acme", "u1", feature, tickOf(day(1)))));
        }

        // Then
        assertThat(books.decided().stream()
                        .filter(event -> event.type() == EventType.FEATURE_FIRST_USED)
                        .map(event -> ((Milestone.FeatureFirstUsed) event.data()).feature()))
                .containsExactly("a", "b", "c");
        assertThat(books.of("acme").firstUses().changed())
                .extracting(seen -> seen.use().feature())
                .containsExactlyInAnyOrder("in use before", "a", "b", "c", "d", "e");
        assertThat(books.of("acme").firstUses().changed()).allMatch(FirstUses.Seen::told);
    }

    @Test
    void whatWasToldBeforeARestartCountsAmongTheFeaturesThatAreNews() {
        // Given
        FirstUses kept = new FirstUses();
        kept.used("a", tickOf(day(1)), Happened.record("event-a"));
        kept.told();
        FirstUses again = new FirstUses();
        kept.changed().forEach(again::recall);

        // When
        again.used("b", tickOf(day(2)), Happened.record("event-b"));
        again.used("c", tickOf(day(3)), Happened.record("event-c"));

        // Then
        assertThat(again.untold(2)).extracting(FirstUse::feature).containsExactly("b");
        assertThat(again.untold(1)).isEmpty();
        assertThat(again.untold(0)).isEmpty();
    }

    @Test
    void waitsForTheFirstTick() {
        // Given
        follow(told("facts-1", customer().facts()), ping("ping-1", tickOf(day(1)), 0));
        List<EventType> before = types();

        // When
        follow(tick(tickOf(day(1))));

        // Then
        assertThat(before).isEmpty();
        assertThat(types()).containsExactly(EventType.STAGE_CHANGED, EventType.FIRST_PING);
    }

    @Test
    void passesOverATickThatGoesBackOrRepeats() {
        // Given
        follow(tick(tickOf(day(30))), told("facts-1", customer().facts()));

        // When
        follow(tick(tickOf(day(10))), tick(tickOf(day(30))));

        // Then
        assertThat(books.now()).contains(tickOf(day(30)));
        assertThat(stages()).containsExactly(Stage.ONBOARDING);
    }

    @Test
    void aTickThatJumpsDecidesForTheDayOnWhichItLands() {
        // Given
        follow(
                tick(tickOf(CLOSE.minusDays(10))),
                told("facts-1", openDeal().closedOn(CLOSE).renewsOn(day(365)).facts()));

        // When time stood still for a year
        follow(tick(tickOf(day(366))));

        // Then
        assertThat(stages()).containsExactly(Stage.PROSPECT, Stage.CHURNED);
    }

    @Test
    void keepsUsageOfAnAccountThatNobodyToldOf() {
        // Given
        follow(tick(tickOf(day(40))), ping("ping-1", tickOf(day(29)).minusSeconds(60), 80));
        List<EventType> before = types();

        // When
        follow(told("facts-1", customer().facts()), tick(tickOf(day(60))));

        // Then what it counted in September is the goal's measure on day 60, in October
        assertThat(before).isEmpty();
        assertThat(types()).contains(EventType.FIRST_PING, EventType.GOAL_MET);
    }

    @Test
    void tellsTheFirstUseOfAFeatureOnce() {
        // Given
        Instant at = tickOf(day(5));
        follow(tick(at), told("facts-1", customer().facts()), used("e1", "acme", "u1", "search", at));

        // When
        follow(used("e2", "acme", "u2", "search", at), used("e1", "acme", "u1", "search", at));

        // Then
        assertThat(books.decided())
                .filteredOn(event -> event.type() == EventType.FEATURE_FIRST_USED)
                .extracting(Event::causationId)
                .containsExactly("e1");
    }

    @Test
    void anEventThatComesAgainChangesNothing() {
        // Given
        Instant at = tickOf(day(5));
        follow(tick(at), told("facts-1", customer().facts()), used("e1", "acme", "u1", "search", at));
        int looks = books.looks();

        // When it comes again, with other contents even
        follow(used("e1", "acme", "u1", "search", at), used("e1", "acme", "u2", "notebooks", tickOf(day(4))));

        // Then
        assertThat(books.of("acme").events().daysOf(day(0), day(9)))
                .singleElement()
                .satisfies(day -> {
                    assertThat(day.events()).isEqualTo(1);
                    assertThat(day.count()).isEqualTo(1);
                    assertThat(day.features()).containsOnly(Map.entry("search", 1L));
                });
        assertThat(books.looks()).isEqualTo(looks);
    }

    @Test
    void theSameIdAtAnotherAccountIsAnotherEvent() {
        // Given
        Instant at = tickOf(day(5));
        follow(tick(at), used("e1", "acme", "u1", "search", at));

        // When
        follow(used("e1", "umbrella", "u1", "search", at));

        // Then
        assertThat(books.of("umbrella").events().firstDay()).isEqualTo(day(5));
    }

    @Test
    void tellsTheFirstUseOfAFeatureWhenTheAccountIsTold() {
        // Given
        Instant at = tickOf(day(5));
        follow(
                tick(at),
                used("e1", "acme", "u1", "search", at),
                used("e2", "acme", "u1", "old", at.minusSeconds(86_400)));

        // When two days later
        follow(tick(tickOf(day(7))), told("facts-1", customer().facts()), tick(tickOf(day(8))));

        // Then
        assertThat(books.decided())
                .filteredOn(event -> event.type() == EventType.FEATURE_FIRST_USED)
                .extracting(Event::causationId)
                .containsExactlyInAnyOrder("e1", "e2");
    }

    @Test
    void aFirstUseThatIsTooOldWhenTheAccountIsToldIsHistory() {
        // Given
        Instant at = tickOf(day(5));
        follow(tick(at), used("e1", "acme", "u1", "search", at));

        // When
        follow(tick(tickOf(day(13))), told("facts-1", customer().facts()));

        // Then
        assertThat(types()).containsExactly(EventType.STAGE_CHANGED);
    }

    @Test
    void tellsTheFirstUseOfAFeatureAfterTheFirstTick() {
        // Given
        Instant at = tickOf(day(5));
        follow(told("facts-1", customer().facts()), used("e1", "acme", "u1", "search", at));

        // When
        follow(tick(at));

        // Then
        assertThat(types()).containsExactly(EventType.STAGE_CHANGED, EventType.FEATURE_FIRST_USED);
        assertThat(books.decided().get(1).causationId()).isEqualTo("e1");
    }

    @Test
    void takesWhatAnInstanceReportsFirstForGranted() {
        // Given
        Instant at = tickOf(day(5));
        Map<String, Long> inUse = Map.of("notebooks", 4L);
        Map<String, Long> more = Map.of("notebooks", 5L, "batch-changes", 1L, "code-insights", 0L);
        follow(tick(at), told("facts-1", customer().facts()));

        // When
        follow(
                pinged("p1", "acme", "i1", at, ActiveUsers.UNKNOWN, inUse),
                pinged("p2", "acme", "i1", at.plusSeconds(1_800), ActiveUsers.UNKNOWN, more));

        // Then
        assertThat(books.decided())
                .filteredOn(event -> event.type() == EventType.FEATURE_FIRST_USED)
                .extracting(Event::causationId)
                .containsExactly("p2");
    }

    @Test
    void theOrderOfArrivalDoesNotDecideWhichPingWasFirst() {
        // Given
        Instant at = tickOf(day(5));
        follow(tick(at), told("facts-1", customer().facts()));

        // When the second ping overtakes the first
        follow(
                pinged("p2", "acme", "i1", at.plusSeconds(1_800), ActiveUsers.UNKNOWN, Map.of("notebooks", 1L)),
                pinged("p1", "acme", "i1", at, ActiveUsers.UNKNOWN, Map.of()));

        // Then
        assertThat(types()).contains(EventType.FEATURE_FIRST_USED);
    }

    @Test
    void usersOfTheRunningDayAreCountedWithoutALook() {
        // Given
        Instant at = tickOf(day(65));
        follow(tick(at), told("facts-1", customer().facts()), used("e1", "acme", "u1", "search", at));
        int before = books.looks();

        // When
        follow(used("e2", "acme", "u2", "search", at), used("e3", "acme", "u1", "search", at));

        // Then
        assertThat(books.looks()).isEqualTo(before);
        assertThat(books.of("acme").counts(at).events().days()).containsEntry(day(65), 2);
    }

    @Test
    void aUserOfADayThatIsOverIsLookedAt() {
        // Given
        Instant at = tickOf(day(65));
        follow(tick(at), told("facts-1", customer().facts()), used("e1", "acme", "u1", "search", at));
        int before = books.looks();

        // When
        follow(used("e2", "acme", "u2", "search", tickOf(day(64))));

        // Then
        assertThat(books.looks()).isEqualTo(before + 1);
    }

    @Test
    void aMonthInWhichNobodyWasActiveIsToldToo() {
        // Given an account of two users whose last event is of September
        follow(
                tick(tickOf(day(1))),
                told("facts-1", customer().facts()),
                used("e1", "acme", "u1", "search", tickOf(day(1))),
                used("e2", "acme", "u2", "search", tickOf(day(1))));

        // When
        followDaily(day(2), LocalDate.parse("2025-12-31"));

        // Then
        assertThat(recaps())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("days")
                .containsExactly(
                        new UsageRecap(
                                "acme",
                                YearMonth.parse("2025-09"),
                                2,
                                2.0 / 29,
                                2L,
                                List.of(new FeatureUse("search", 2)),
                                null,
                                "v1"),
                        new UsageRecap("acme", YearMonth.parse("2025-10"), 0, 0.0, 0L, List.of(), -1.0, "v1"),
                        new UsageRecap("acme", YearMonth.parse("2025-11"), 0, 0.0, 0L, List.of(), null, "v1"));
    }

    @Test
    void aRecapTellsTheUsersOfEachDayThatIsKnown() {
        // Given events from 3 September on
        follow(
                tick(tickOf(day(2))),
                told("facts-1", customer().facts()),
                used("e1", "acme", "u1", "search", tickOf(day(2))),
                used("e2", "acme", "u2", "search", tickOf(day(2))));

        // When
        followDaily(day(3), LocalDate.parse("2025-10-31"));

        // Then the days before are unknown, and those after without anybody
        assertThat(recaps()).singleElement().extracting(UsageRecap::days).satisfies(days -> {
            assertThat(days).hasSize(28).startsWith(new DayUsers(day(2), 2), new DayUsers(day(3), 0));
        });
    }

    @Test
    void aMonthBeforeTheContractIsNoneOfACustomers() {
        // Given a trial in August, and a contract that closed on 1 September
        follow(
                tick(tickOf(CLOSE.minusDays(10))),
                told("facts-1", openDeal().closedOn(CLOSE).facts()),
                used("e1", "acme", "u1", "search", tickOf(CLOSE.minusDays(10))));

        // When
        followDaily(CLOSE.minusDays(9), LocalDate.parse("2025-10-02"));

        // Then
        assertThat(recaps()).extracting(UsageRecap::month).containsExactly(YearMonth.parse("2025-09"));
    }

    @Test
    void aMonthThatBecomesKnownLateIsToldLate() {
        // Given an instance whose pings of September are late
        follow(tick(tickOf(day(1))), told("facts-1", customer().facts()));
        followDaily(day(2), LocalDate.parse("2025-10-09"));
        List<UsageRecap> before = recaps();

        // When
        follow(ping("p1", Instant.parse("2025-09-30T12:00:00Z"), 12));

        // Then
        assertThat(before).isEmpty();
        assertThat(recaps()).extracting(UsageRecap::mau).containsExactly(12);
    }

    @Test
    void theFeaturesOfAMonthAreThoseThatInstancesCounted() {
        // Given counters of two production instances and one other, and an event
        Instant at = Instant.parse("2025-09-28T12:00:00Z");
        ActiveUsers users = ActiveUsers.of(null, 10);
        follow(tick(at), told("facts-1", customer().instance("test", false).facts()));
        follow(
                pinged("p1", "acme", "i1", at, users, Map.of("cody", 5L, "notebooks", 9L)),
                pinged("p2", "acme", "i1", at.plusSeconds(1_800), users, Map.of("cody", 3L, "batch-changes", 0L)),
                pinged("p3", "acme", "i2", at, users, Map.of("cody", 7L)),
                pinged("p4", "acme", "test", at, users, Map.of("code-insights", 99L)),
                used("e1", "acme", "u1", "search", at));

        // When
        followDaily(LocalDate.parse("2025-09-29"), LocalDate.parse("2025-10-02"));

        // Then the highest of each, added up
        assertThat(recaps())
                .singleElement()
                .extracting(UsageRecap::topFeatures)
                .isEqualTo(List.of(new FeatureUse("cody", 12), new FeatureUse("notebooks", 9)));
    }

    @Test
    void looksAtManyDueAccounts() {
        // Given
        List<Happening> all = new ArrayList<>(List.of(tick(tickOf(CLOSE))));
        for (int n = 0; n < 1_234; n++) {
            all.add(told("facts-" + n, customer().named("account-" + n).facts()));
        }
        followAccounts.follow(books, all);
        int before = books.looks();

        // When
        follow(tick(tickOf(day(60))));

        // Then
        assertThat(books.looks() - before).isEqualTo(1_234);
        assertThat(stages()).filteredOn(stage -> stage == Stage.ADOPTING).hasSize(1_234);
    }

    @Test
    void decidesOnFactsOneByOneHoweverManyComeAtOnce() {
        // When
        follow(
                tick(tickOf(day(70))),
                told("facts-1", customer().facts()),
                told("facts-2", customer().renewsOn(day(100)).facts()));

        // Then
        assertThat(stages()).containsExactly(Stage.ADOPTING, Stage.RENEWING);
        assertThat(books.decided()).extracting(Event::causationId).containsExactly("facts-1", "facts-2");
    }

    @Test
    void anAccountThatCannotBeLookedAtStopsTheTimeOfNobody() {
        // Given
        follow(
                told(
                        "facts-1",
                        customer().named("beyond").renewsOn(LocalDate.MAX).facts()),
                told("facts-2", customer().named("well").facts()));

        // When
        follow(tick(tickOf(CLOSE)), tick(tickOf(day(60))));

        // Then
        assertThat(books.now()).contains(tickOf(day(60)));
        assertThat(books.decided()).extracting(Event::account).containsOnly("well");
        assertThat(stages()).containsExactly(Stage.ONBOARDING, Stage.ADOPTING);
    }

    @Test
    void anAccountThatCannotBeLookedAtStaysAsItIsAndIsLookedAtADayLater() {
        // Given
        follow(told("facts-1", customer().renewsOn(LocalDate.MAX).facts()));

        // When
        follow(tick(tickOf(CLOSE)));

        // Then
        AccountBook.State state = books.of("acme").state();
        assertThat(state.journey()).isEqualTo(Journey.NONE);
        assertThat(state.nextDue()).isEqualTo(tickOf(CLOSE).plus(Duration.ofDays(1)));
        assertThat(state.problem()).contains("DateTimeException");
        assertThat(books.of("acme").newScores()).isEmpty();
    }

    @Test
    void anAccountThatCouldNotBeLookedAtGoesOnWhenItCan() {
        // Given
        follow(told("facts-1", customer().renewsOn(LocalDate.MAX).facts()), tick(tickOf(CLOSE)));

        // When
        follow(told("facts-2", customer().facts()));

        // Then
        assertThat(stages()).containsExactly(Stage.ONBOARDING);
        assertThat(books.of("acme").state().problem()).isNull();
    }

    @Test
    void anotherPolicyLooksAtEveryAccountWithTheNextTick() {
        // Given
        follow(tick(tickOf(CLOSE)), told("facts-1", customer().facts()));
        FollowAccounts byAnother = new FollowAccounts(new Policy("v2", POLICY.defaults(), Map.of()));
        int before = books.looks();

        // When
        byAnother.follow(books, List.of(tick(tickOf(day(1))), tick(tickOf(day(2)))));

        // Then
        assertThat(books.looks()).isEqualTo(before + 1);
    }

    private static Happening.Pinged ping(String id, Instant at, int month) {
        return pinged(id, "acme", "i1", at, ActiveUsers.of(null, month), Map.of());
    }

    private void follow(Happening... happenings) {
        followAccounts.follow(books, List.of(happenings));
    }

    /** Ticks of the days from the first to the last. */
    private void followDaily(LocalDate first, LocalDate last) {
        first.datesUntil(last.plusDays(1)).forEach(day -> follow(tick(tickOf(day))));
    }

    private List<UsageRecap> recaps() {
        return books.all().stream()
                .filter(event -> event.type() == EventType.USAGE_RECAP)
                .map(event -> (UsageRecap) event.data())
                .toList();
    }

    private List<EventType> types() {
        return books.decided().stream().<EventType>map(Event::type).toList();
    }

    private List<Stage> stages() {
        return books.decided().stream()
                .filter(event -> event.type() == EventType.STAGE_CHANGED)
                .map(event -> ((StageChanged) event.data()).to())
                .toList();
    }
}
