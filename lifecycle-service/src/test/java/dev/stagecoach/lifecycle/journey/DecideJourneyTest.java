package dev.stagecoach.lifecycle.journey;

import static dev.stagecoach.events.EventType.FEATURE_FIRST_USED;
import static dev.stagecoach.events.EventType.FIRST_PING;
import static dev.stagecoach.events.EventType.GOAL_MET;
import static dev.stagecoach.events.EventType.GOAL_MISSED;
import static dev.stagecoach.events.EventType.GOAL_UNKNOWN;
import static dev.stagecoach.events.EventType.HEALTH_CHANGED;
import static dev.stagecoach.events.EventType.INSTANCE_SILENT;
import static dev.stagecoach.events.EventType.STAGE_CHANGED;
import static dev.stagecoach.events.EventType.TARGET_LOST;
import static dev.stagecoach.events.EventType.TARGET_REACHED;
import static dev.stagecoach.lifecycle.Counted.Pinging.instance;
import static dev.stagecoach.lifecycle.Counted.counted;
import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.Customer.openDeal;
import static dev.stagecoach.lifecycle.Fixtures.POLICY;
import static dev.stagecoach.lifecycle.Fixtures.WITH_HEALTH;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Input;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.Pulse;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Signals;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.lifecycle.Counted;
import dev.stagecoach.lifecycle.Fixtures;
import dev.stagecoach.lifecycle.Fixtures.Customer;
import dev.stagecoach.lifecycle.Happened;
import dev.stagecoach.lifecycle.health.Equations;
import dev.stagecoach.lifecycle.health.Told;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.usage.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecideJourneyTest {
    private static final LocalDate RENEWAL = day(365);

    /** An account that is looked at again and again, and all that was decided about it. */
    private static final class Account {
        private Customer customer;
        private Counted counted = counted();
        private Policy policy = POLICY;
        private Journey journey = Journey.NONE;
        private Decisions last;
        private final List<Event<?>> all = new ArrayList<>();

        Account(Customer customer) {
            this.customer = customer;
        }

        Account now(Customer other) {
            customer = other;
            return this;
        }

        Account under(Policy other) {
            policy = other;
            return this;
        }

        Account uses(Counted other) {
            counted = other;
            return this;
        }

        Account at(LocalDate day) {
            return at(tickOf(day));
        }

        Account at(Instant now, FirstUse... uses) {
            last = DecideJourney.of(
                    policy, customer.facts(), counted.counts(), journey, List.of(uses), now, "cause-" + now);
            journey = last.journey();
            all.addAll(last.events());
            return this;
        }

        List<EventType> types() {
            return last.events().stream().<EventType>map(Event::type).toList();
        }

        List<Stage> stages() {
            return all.stream()
                    .filter(event -> event.type() == STAGE_CHANGED)
                    .map(event -> ((StageChanged) event.data()).to())
                    .toList();
        }

        /** The versions behind of the last look; null when unknown. */
        Object behind() {
            return journey.health().latest().categories().stream()
                    .flatMap(category -> category.measures().stream())
                    .filter(measure -> measure.name().equals("versions-behind"))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }

        <T> T the(EventType type, Class<T> data) {
            List<Event<?>> found =
                    last.events().stream().filter(event -> event.type() == type).toList();
            assertThat(found).hasSize(1);
            return data.cast(found.get(0).data());
        }
    }

    private static Account account(Customer customer) {
        return new Account(customer);
    }

    /** Monthly users by pings, of the last closed month on that day. */
    private static Counted mau(LocalDate on, int users) {
        return counted()
                .by(instance("i1")
                        .lastPing(tickOf(on).minusSeconds(1_800))
                        .month(YearMonth.from(on).minusMonths(1).toString(), users));
    }

    @Test
    void aStageChangeExplainsItself() {
        // When
        Account account = account(customer().renewsOn(RENEWAL)).at(CLOSE);

        // Then
        Event<?> event = account.last.events().get(0);
        assertThat(event.type()).isEqualTo(STAGE_CHANGED);
        assertThat(event.account()).isEqualTo("acme");
        assertThat(event.time()).isEqualTo(tickOf(CLOSE));
        assertThat(event.causationId()).isEqualTo("cause-2025-09-01T17:00:00Z");
        assertThat(event.topic()).isEqualTo("lifecycle.stages");
        StageChanged change = (StageChanged) event.data();
        assertThat(change.from()).isNull();
        assertThat(change.to()).isEqualTo(Stage.ONBOARDING);
        assertThat(change.at()).isEqualTo(tickOf(CLOSE));
        Reason reason = change.reason();
        assertThat(reason.clause()).isEqualTo("contract-closed");
        assertThat(reason.policyVersion()).isEqualTo("v1");
        assertThat(reason.inputs()).contains(new Input("day", 0L, 60), new Input("daysToRenewal", 365L, 120));
        assertThat(reason.nearestMiss()).isNotNull();
    }

    @Test
    void theSameDecisionHasTheSameId() {
        // When
        String first = account(customer()).at(CLOSE).last.events().get(0).id();
        String again = account(customer()).at(CLOSE).last.events().get(0).id();
        String other =
                account(customer().named("beta")).at(CLOSE).last.events().get(0).id();

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void whatIsDecidedOtherwiseAfterARebuildHasAnIdOfItsOwn() {
        // Given what the world was told, of a customer that had 90 of its 100 seats in use until day 60, and 40 since
        Account told = account(customer())
                .under(WITH_HEALTH)
                .uses(mau(day(40), 90))
                .at(day(40))
                .at(day(60))
                .uses(mau(day(61), 40))
                .at(day(61));

        // When it is decided anew under a longer Onboarding, and its usage falls later
        Account rebuilt = account(customer())
                .under(longerOnboarding(90))
                .uses(mau(day(40), 90))
                .at(day(40))
                .uses(mau(day(90), 40))
                .at(day(90));

        // Then
        assertThat(told.types()).containsExactly(TARGET_LOST, HEALTH_CHANGED);
        assertThat(rebuilt.types()).containsExactly(STAGE_CHANGED, GOAL_MISSED, TARGET_LOST, HEALTH_CHANGED);
        assertThat(rebuilt.last.events())
                .filteredOn(event -> event.type() != GOAL_MISSED)
                .extracting(Event::id)
                .doesNotContainAnyElementsOf(told.all.stream().map(Event::id).toList());
    }

    private static Policy longerOnboarding(int days) {
        StagePolicy stages = new StagePolicy(45, days, 120, 30, 0.8, 0.3, 0.5, true);
        return new Policy(
                "longer", new Rules(stages, Fixtures.USAGE, new MilestonePolicy(7, 500), Equations.HEALTH), Map.of());
    }

    @Test
    void decidingTwiceDecidesNothingNew() {
        // Given
        Account account = account(customer()).uses(mau(day(60), 90)).at(day(1)).at(day(60));
        Decisions before = account.last;

        // When
        account.at(day(60));

        // Then
        assertThat(account.last.events()).isEmpty();
        assertThat(account.last.journey()).isEqualTo(before.journey());
        assertThat(account.last.nextDue()).isEqualTo(before.nextDue());
    }

    @Test
    void aJourneyGoesFromProspectToChurn() {
        // When
        Account account = account(openDeal().expectedOn(CLOSE))
                .at(CLOSE.minusDays(46))
                .at(CLOSE.minusDays(45))
                .now(customer().renewsOn(RENEWAL))
                .at(CLOSE)
                .at(day(59))
                .at(day(60))
                .at(RENEWAL.minusDays(121))
                .at(RENEWAL.minusDays(120))
                .at(RENEWAL)
                .at(RENEWAL.plusDays(1));

        // Then
        assertThat(account.stages())
                .containsExactly(Stage.PROSPECT, Stage.ONBOARDING, Stage.ADOPTING, Stage.RENEWING, Stage.CHURNED);
    }

    @Test
    void aChurnedAccountStaysChurnedAfterAShortRenewal() {
        // Given a renewal for 30 days, with a contract of its own
        Account account = account(customer().renewsOn(RENEWAL))
                .at(CLOSE)
                .at(day(60))
                .at(RENEWAL.minusDays(120))
                .now(customer().closedOn(RENEWAL).renewsOn(RENEWAL.plusDays(30)))
                .at(RENEWAL);

        // When
        account.at(RENEWAL.plusDays(31)).at(RENEWAL.plusDays(32)).at(RENEWAL.plusDays(90));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ONBOARDING, Stage.ADOPTING, Stage.RENEWING, Stage.CHURNED);
    }

    @Test
    void aChurnedAccountComesBackOnTheDayThatItsNewContractCloses() {
        // Given
        Account account = account(customer().renewsOn(RENEWAL)).at(RENEWAL.plusDays(1));
        LocalDate back = RENEWAL.plusDays(40);

        // When the contract is recorded ten days ahead
        account.now(customer().closedOn(back).renewsOn(back.plusDays(365)))
                .at(back.minusDays(10))
                .at(back.minusDays(1))
                .at(back)
                .at(back.plusDays(59))
                .at(back.plusDays(60));

        // Then
        assertThat(account.stages()).containsExactly(Stage.CHURNED, Stage.ONBOARDING, Stage.ADOPTING);
    }

    @Test
    void everyStageChangeHasAnIdOfItsOwn() {
        // When it goes to Renewing twice
        Account account = account(customer().renewsOn(RENEWAL))
                .at(RENEWAL.minusDays(100))
                .now(customer().renewsOn(RENEWAL.plusDays(365)))
                .at(RENEWAL.minusDays(90))
                .now(customer().renewsOn(RENEWAL))
                .at(RENEWAL.minusDays(90));

        // Then
        assertThat(account.stages()).containsExactly(Stage.RENEWING, Stage.ADOPTING, Stage.RENEWING);
        assertThat(account.all).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void aStageSetByHandSaysWhoAndWhy() {
        // Given
        Account account = account(customer()).at(day(61));

        // When
        account.now(customer().byHand(Stage.NURTURING, day(70))).at(day(62));

        // Then
        StageChanged change = account.the(STAGE_CHANGED, StageChanged.class);
        assertThat(change.from()).isEqualTo(Stage.ADOPTING);
        assertThat(change.to()).isEqualTo(Stage.NURTURING);
        assertThat(change.reason().clause()).isEqualTo("set-by-hand");
        assertThat(change.reason().policyVersion()).isEqualTo("v1");
        assertThat(change.reason().inputs())
                .contains(
                        new Input("author", "dana@team.example", null),
                        new Input("reason", "agreed with the customer", null),
                        new Input("until", day(70).toString(), null));
    }

    @Test
    void aStageSetByHandHoldsToItsLastDay() {
        // Given
        Account account = account(customer()).at(day(61));

        // When
        account.now(customer().byHand(Stage.NURTURING, day(70)))
                .at(day(62))
                .at(day(70))
                .at(day(71));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ADOPTING, Stage.NURTURING, Stage.ADOPTING);
        assertThat(account.the(STAGE_CHANGED, StageChanged.class).reason().clause())
                .isEqualTo("targets-not-met");
    }

    @Test
    void aStageByHandOfAnAccountWithoutAStageEndsOnItsDay() {
        // Given
        Account account = account(openDeal().byHand(Stage.PROSPECT, day(70))).at(day(62));

        // When
        account.at(day(70)).at(day(71));

        // Then
        StageChanged change = account.the(STAGE_CHANGED, StageChanged.class);
        assertThat(change.from()).isEqualTo(Stage.PROSPECT);
        assertThat(change.to()).isNull();
        assertThat(change.reason().clause()).isEqualTo("close-far-away");
        assertThat(account.at(day(72)).types()).isEmpty();
    }

    @Test
    void aStageSetByHandThatIsOverOrTheSameChangesNothing() {
        // Given
        Account account = account(customer()).at(day(61));

        // When
        Account over = account.now(customer().byHand(Stage.NURTURING, day(61))).at(day(62));
        List<EventType> afterOver = over.types();
        Account same = account.now(customer().byHand(Stage.ADOPTING, day(90))).at(day(62));

        // Then
        assertThat(afterOver).isEmpty();
        assertThat(same.types()).isEmpty();
    }

    @Test
    void theRulesGoOnBelowAStageSetByHand() {
        // Given
        Account account = account(customer().byHand(Stage.PROSPECT, day(70))).at(day(1));

        // When Onboarding ends meanwhile
        account.uses(mau(day(60), 60)).at(day(60));

        // Then the goal is judged, and the rules' stage comes back in the end
        assertThat(account.types()).containsExactly(GOAL_MET, FIRST_PING);
        account.at(day(71));
        assertThat(account.stages()).containsExactly(Stage.PROSPECT, Stage.ADOPTING);
    }

    @Test
    void theGoalIsMetAtExactlyHalfTheSeats() {
        // Given
        Account account = account(customer()).uses(mau(day(60), 50)).at(day(59));

        // When
        account.at(day(60));

        // Then
        assertThat(account.the(GOAL_MET, Milestone.GoalMet.class))
                .isEqualTo(
                        new Milestone.GoalMet("acme", tickOf(day(60)), 0.5, 0.5, 50, 100, "last-closed-month", "v1"));
    }

    @Test
    void theGoalIsMissedBelowHalfTheSeats() {
        // Given
        Account account = account(customer()).uses(mau(day(60), 49)).at(day(59));

        // When
        account.at(day(60));

        // Then
        assertThat(account.the(GOAL_MISSED, Milestone.GoalMissed.class))
                .isEqualTo(new Milestone.GoalMissed(
                        "acme", tickOf(day(60)), 0.49, 0.5, 49, 100, "last-closed-month", "v1"));
    }

    @Test
    void theGoalIsUnknownWithoutUsage() {
        // Given
        Account account = account(customer()).at(day(59));

        // When
        account.at(day(60));

        // Then
        assertThat(account.types()).containsExactly(STAGE_CHANGED, GOAL_UNKNOWN);
        assertThat(account.the(GOAL_UNKNOWN, Milestone.GoalUnknown.class))
                .isEqualTo(new Milestone.GoalUnknown(
                        "acme",
                        tickOf(day(60)),
                        "neither a ping nor an event has come yet",
                        "last-closed-month",
                        "v1"));
    }

    @Test
    void theGoalIsJudgedOnceAndNotBeforeDay60() {
        // When
        Account account = account(customer())
                .uses(mau(day(59), 90))
                .at(day(1))
                .at(day(59))
                .at(day(60))
                .at(day(61));

        // Then
        assertThat(account.all)
                .filteredOn(event -> event.type() == GOAL_MET || event.type() == GOAL_MISSED)
                .hasSize(1)
                .allMatch(event -> event.time().equals(tickOf(day(60))));
    }

    @Test
    void theGoalOfAnOnboardingThatNobodySawIsNotJudged() {
        // When
        Account account = account(customer()).uses(mau(day(100), 10)).at(day(100));

        // Then
        assertThat(account.types()).containsExactly(STAGE_CHANGED, FIRST_PING);
    }

    @Test
    void theGoalIsJudgedWhereverOnboardingEnds() {
        // When a 90-day contract
        Account account = account(customer().renewsOn(day(90)))
                .uses(mau(day(60), 49))
                .at(day(0))
                .at(day(60));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ONBOARDING, Stage.RENEWING);
        assertThat(account.types()).containsExactly(STAGE_CHANGED, GOAL_MISSED);
    }

    @Test
    void aTargetIsReachedOnceAndLostOnce() {
        // Given
        LocalDate on = day(100);
        Account account = account(customer()).uses(mau(on, 79)).at(on);

        // When
        List<EventType> below = account.types();
        List<EventType> reached =
                account.uses(mau(on, 80)).at(tickOf(on).plusSeconds(1)).types();
        List<EventType> held =
                account.uses(mau(on, 95)).at(tickOf(on).plusSeconds(2)).types();
        List<EventType> unknown =
                account.uses(counted()).at(tickOf(on).plusSeconds(3)).types();
        List<EventType> lost =
                account.uses(mau(on, 79)).at(tickOf(on).plusSeconds(4)).types();
        List<EventType> stillLost =
                account.uses(mau(on, 10)).at(tickOf(on).plusSeconds(5)).types();

        // Then
        assertThat(below).doesNotContain(TARGET_REACHED, TARGET_LOST);
        assertThat(reached).containsExactly(TARGET_REACHED);
        assertThat(held).isEmpty();
        assertThat(unknown).isEmpty();
        assertThat(lost).containsExactly(TARGET_LOST);
        assertThat(stillLost).isEmpty();
    }

    @Test
    void aTargetReachedAgainIsAnotherDecision() {
        // Given
        LocalDate on = day(100);
        Account account = account(customer()).uses(mau(on, 80)).at(on);

        // When
        account.uses(mau(on, 10)).at(on).uses(mau(on, 80)).at(on);

        // Then
        assertThat(account.all)
                .filteredOn(event -> event.type() == TARGET_REACHED)
                .hasSize(2);
        assertThat(account.all).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void anAccountThatComesBackHasLostNoTarget() {
        // Given it held the target when it churned
        LocalDate back = RENEWAL.plusDays(100);
        Account account = account(customer().renewsOn(RENEWAL))
                .uses(mau(day(100), 90))
                .at(day(100))
                .at(RENEWAL.plusDays(1));

        // When
        List<EventType> low = account.now(customer().closedOn(back))
                .uses(mau(back, 10))
                .at(back)
                .types();
        List<EventType> high =
                account.uses(mau(back, 90)).at(tickOf(back).plusSeconds(1)).types();

        // Then
        assertThat(low).contains(STAGE_CHANGED).doesNotContain(TARGET_LOST);
        assertThat(high).containsExactly(TARGET_REACHED);
        assertThat(account.all).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void bothTargetsAreToldEachWithItsNumbers() {
        // Given 80 of 100 in the month, 24 a day
        LocalDate on = day(100);
        Counted both = counted()
                .by(instance("i1")
                        .lastPing(tickOf(on).minusSeconds(60))
                        .month("2025-11", 80)
                        .daily(on.minusDays(28), on.minusDays(1), 24));

        // When
        Account account = account(customer()).uses(both).at(on);

        // Then
        assertThat(account.last.events())
                .filteredOn(event -> event.type() == TARGET_REACHED)
                .<Object>extracting(Event::data)
                .containsExactly(
                        new Milestone.TargetReached(
                                "acme", tickOf(on), "utilization", 0.8, 0.8, "last-closed-month", "v1"),
                        new Milestone.TargetReached("acme", tickOf(on), "usage", 0.3, 0.3, "last-closed-month", "v1"));
    }

    @Test
    void aTrialReachesNoTargets() {
        // When
        Account account =
                account(openDeal().expectedOn(CLOSE)).uses(mau(CLOSE, 95)).at(CLOSE.minusDays(1));

        // Then
        assertThat(account.types()).containsExactly(STAGE_CHANGED);
    }

    @Test
    void targetsAreToldFromTheContractOn() {
        // When
        Account account = account(customer()).uses(mau(day(20), 95)).at(day(20));

        // Then
        assertThat(account.types()).contains(TARGET_REACHED);
        assertThat(account.stages()).containsExactly(Stage.ONBOARDING);
    }

    @Test
    void theFirstPingOfACustomerIsNews() {
        // Given
        Counted pinged = counted().by(instance("i1").lastPing(tickOf(day(2)).minusSeconds(60)));

        // When
        Account account = account(customer()).at(day(1)).uses(pinged).at(day(2));

        // Then
        assertThat(account.the(FIRST_PING, Milestone.FirstPing.class))
                .isEqualTo(new Milestone.FirstPing("acme", tickOf(day(2)), "i1", "5.1.0", "v1"));
    }

    @Test
    void pingsOfATrialAreNoFirstPing() {
        // Given the last ping came a second before the day of the contract
        Instant midnight = Instant.parse("2025-09-01T00:00:00Z");
        Counted trial = counted().by(instance("i1").lastPing(midnight.minusSeconds(1)));
        Counted customer = counted().by(instance("i1").lastPing(midnight));
        Account account = account(openDeal().expectedOn(CLOSE)).uses(trial).at(CLOSE.minusDays(1));

        // When
        List<EventType> prospect = account.types();
        List<EventType> closed = account.now(customer()).at(CLOSE).types();
        List<EventType> pinged = account.uses(customer).at(CLOSE).types();

        // Then
        assertThat(prospect).doesNotContain(FIRST_PING);
        assertThat(closed).doesNotContain(FIRST_PING);
        assertThat(pinged).containsExactly(FIRST_PING);
    }

    @Test
    void theFirstPingIsToldOncePerAccountEver() {
        // Given an account that churned and came back
        LocalDate back = RENEWAL.plusDays(100);
        Counted pinged = counted().by(instance("i1").lastPing(tickOf(day(2))));
        Counted pingedAgain = counted().by(instance("i2").lastPing(tickOf(back)));

        // When
        Account account = account(customer().renewsOn(RENEWAL))
                .uses(pinged)
                .at(day(2))
                .at(day(3))
                .at(RENEWAL.plusDays(1))
                .now(customer().closedOn(back))
                .uses(pingedAgain)
                .at(back);

        // Then
        assertThat(account.stages()).endsWith(Stage.CHURNED, Stage.ONBOARDING);
        assertThat(account.all).filteredOn(event -> event.type() == FIRST_PING).hasSize(1);
    }

    @Test
    void onlyProductionInstancesAndCustomersHaveAFirstPing() {
        // Given
        Counted notProduction =
                counted().by(instance("test").lastPing(tickOf(day(2))).notProduction());
        Counted afterChurn = counted().by(instance("i1").lastPing(tickOf(RENEWAL.plusDays(5))));

        // When
        Account testing = account(customer()).uses(notProduction).at(day(2));
        Account churned = account(customer().renewsOn(RENEWAL)).uses(afterChurn).at(RENEWAL.plusDays(5));

        // Then
        assertThat(testing.types()).containsExactly(STAGE_CHANGED);
        assertThat(churned.types()).containsExactly(STAGE_CHANGED);
    }

    @Test
    void theFirstUseOfAFeatureIsNewsWithinTheHorizon() {
        // Given
        Instant now = tickOf(day(30));
        Account account = account(customer()).at(day(29));

        // When
        account.at(
                now,
                new FirstUse("batch-changes", Source.PING, now.minus(Duration.ofDays(7)), Happened.record("ping-1")),
                new FirstUse(
                        "notebooks",
                        Source.EVENT,
                        now.minus(Duration.ofDays(7)).minusMillis(1),
                        Happened.record("event-1")));

        // Then
        assertThat(account.types()).containsExactly(FEATURE_FIRST_USED);
        Event<?> event = account.last.events().get(0);
        assertThat(event.causationId()).isEqualTo("ping-1");
        assertThat(event.data()).isEqualTo(new Milestone.FeatureFirstUsed("acme", now, "batch-changes", "ping", "v1"));
    }

    @Test
    void theFirstUseOfAFeatureHasOneIdPerAccountAndFeature() {
        // Given
        Instant now = tickOf(day(30));
        FirstUse use = new FirstUse("notebooks", Source.EVENT, now, Happened.record("event-1"));
        FirstUse later = new FirstUse("notebooks", Source.PING, now.plusSeconds(60), Happened.record("ping-1"));

        // When
        String id = account(customer()).at(now, use).last.events().get(1).id();
        String again = account(customer())
                .at(now.plusSeconds(60), later)
                .last
                .events()
                .get(1)
                .id();

        // Then
        assertThat(again).isEqualTo(id);
    }

    @Test
    void anInstanceThatStaysAwayForLongerThanThreeDaysIsSilentOnce() {
        // Given
        Instant lastPing = Instant.parse("2025-09-10T08:00:00Z");
        Counted counted = counted().by(instance("i1").lastPing(lastPing));
        Account account = account(customer()).uses(counted).at(day(9));

        // When
        List<EventType> afterThreeDays =
                account.at(lastPing.plus(Duration.ofDays(3))).types();
        Instant due = account.last.nextDue().orElseThrow();
        List<EventType> longer = account.at(due).types();
        List<EventType> again = account.at(due.plus(Duration.ofDays(30))).types();

        // Then
        assertThat(afterThreeDays).isEmpty();
        assertThat(due).isEqualTo(lastPing.plus(Duration.ofDays(3)).plusMillis(1));
        assertThat(longer).containsExactly(INSTANCE_SILENT);
        assertThat(account.all)
                .filteredOn(event -> event.type() == INSTANCE_SILENT)
                .<Object>extracting(Event::data)
                .containsExactly(new Milestone.InstanceSilent("acme", due, "i1", lastPing, "v1"));
        assertThat(again).isEmpty();
    }

    @Test
    void aTrialInstanceThatStoppedBeforeTheContractIsNotSilent() {
        // When
        Account account = account(customer())
                .uses(counted().by(instance("trial").lastPing(tickOf(CLOSE.minusDays(10)))))
                .at(day(1));

        // Then
        assertThat(account.types()).containsExactly(STAGE_CHANGED);
    }

    @Test
    void aSecondSilenceIsToldAgain() {
        // Given
        Instant first = Instant.parse("2025-09-10T08:00:00Z");
        Instant second = Instant.parse("2025-09-20T08:00:00Z");
        Account account = account(customer())
                .uses(counted().by(instance("i1").lastPing(first)))
                .at(day(15));

        // When
        account.uses(counted().by(instance("i1").lastPing(second))).at(day(20)).at(day(25));

        // Then
        assertThat(account.all)
                .filteredOn(event -> event.type() == INSTANCE_SILENT)
                .hasSize(2);
        assertThat(account.all).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void onlyProductionInstancesOfCustomersFallSilent() {
        // Given
        Instant longAgo = Instant.parse("2025-08-01T08:00:00Z");

        // When
        Account testing = account(customer())
                .uses(counted().by(instance("test").lastPing(tickOf(day(1))).notProduction()))
                .at(day(30));
        Account prospect = account(openDeal().expectedOn(CLOSE))
                .uses(counted().by(instance("trial").lastPing(longAgo)))
                .at(CLOSE.minusDays(1));
        Account churned = account(customer().renewsOn(RENEWAL))
                .uses(counted().by(instance("i1").lastPing(longAgo)))
                .at(RENEWAL.plusDays(1));

        // Then
        assertThat(testing.types()).containsExactly(STAGE_CHANGED);
        assertThat(prospect.types()).containsExactly(STAGE_CHANGED);
        assertThat(churned.types()).containsExactly(STAGE_CHANGED);
    }

    @Test
    void anAccountAtRestIsLookedAtOnTheNextDateThatMatters() {
        // When
        Account onboarding = account(customer().renewsOn(RENEWAL)).at(day(1));
        Account adopting = account(customer().renewsOn(RENEWAL)).at(day(61));
        Account renewing = account(customer().renewsOn(RENEWAL)).at(RENEWAL.minusDays(10));
        Account extended = account(customer().renewsOn(RENEWAL).extendedUntil(RENEWAL.plusDays(20)))
                .at(RENEWAL.minusDays(10));
        Account forever = account(customer()).at(day(61));
        Account byHand = account(customer().byHand(Stage.NURTURING, day(70))).at(day(61));
        Account opportunity = account(openDeal().expectedOn(CLOSE)).at(CLOSE.minusDays(50));

        // Then
        assertThat(onboarding.last.nextDue()).contains(midnight(day(60)));
        assertThat(adopting.last.nextDue()).contains(midnight(RENEWAL.minusDays(120)));
        assertThat(renewing.last.nextDue()).contains(midnight(RENEWAL.plusDays(1)));
        assertThat(extended.last.nextDue()).contains(midnight(RENEWAL.plusDays(21)));
        assertThat(forever.last.nextDue()).isEmpty();
        assertThat(byHand.last.nextDue()).contains(midnight(day(71)));
        assertThat(opportunity.last.nextDue()).contains(midnight(CLOSE.minusDays(45)));
    }

    @Test
    void anAccountWithUsageIsLookedAtEveryDay() {
        // When
        Account account = account(customer()).uses(mau(day(100), 40)).at(day(100));

        // Then
        assertThat(account.last.nextDue()).contains(midnight(day(101)));
    }

    @Test
    void aHealthChangeExplainsItself() {
        // Given 40 of 100 seats
        Account account = account(customer()).under(WITH_HEALTH).uses(mau(day(100), 40));

        // When
        account.at(day(100));

        // Then
        HealthChanged change = account.the(HEALTH_CHANGED, HealthChanged.class);
        assertThat(change.from()).isEqualTo(HealthLevel.UNKNOWN);
        assertThat(change.to()).isEqualTo(HealthLevel.POOR);
        assertThat(change.score()).isZero();
        assertThat(change.at()).isEqualTo(tickOf(day(100)));
        assertThat(change.equation()).isEqualTo("standard");
        assertThat(change.policyVersion()).isEqualTo("v1");
        assertThat(change.reasons()).containsExactly("MAU per seat is 40 % (poor: below 50 %), was unknown");
        assertThat(change.categories().get(0).measures().get(0))
                .isEqualTo(new HealthMeasure("mau-per-seat", 0.4, 0, "poor: below 50 %"));
        assertThat(account.journey.health().since()).isEqualTo(day(100));
    }

    @Test
    void healthIsToldWhenTheLevelChangesAndNotAtEveryLook() {
        // Given
        Account account =
                account(customer()).under(WITH_HEALTH).uses(mau(day(100), 40)).at(day(100));

        // When
        List<EventType> sameDay = account.at(tickOf(day(100)).plusSeconds(60)).types();
        List<EventType> otherScore = account.now(
                        customer().told(Told.on(day(101)).pulse(Pulse.HEALTHY).signals()))
                .at(day(101))
                .types();
        List<EventType> otherLevel = account.now(customer()
                        .told(Told.on(day(102))
                                .pulse(Pulse.HEALTHY)
                                .champion(true)
                                .defects(0)
                                .signals()))
                .at(day(102))
                .types();

        // Then (0 × 55 + 10 × 5) / 60, then (0 × 55 + 10 × 45) / 100
        assertThat(sameDay).isEmpty();
        assertThat(otherScore).isEmpty();
        assertThat(otherLevel).containsExactly(HEALTH_CHANGED);
        assertThat(account.journey.health().latest().score()).isEqualTo(4.5);
        assertThat(account.all).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void onlyCustomersHaveHealth() {
        // Given
        Signals signals = Told.on(day(-5)).pulse(Pulse.POOR).signals();

        // When
        Account prospect = account(openDeal().expectedOn(CLOSE).told(signals)).at(day(-5));
        Account customer = account(customer().renewsOn(RENEWAL).told(signals)).at(CLOSE);

        // Then
        assertThat(prospect.types()).containsExactly(STAGE_CHANGED);
        assertThat(customer.types()).containsExactly(STAGE_CHANGED, HEALTH_CHANGED);
    }

    @Test
    void whoeverChurnsHasNoHealthAnyMore() {
        // Given
        Signals signals = Told.on(day(300)).pulse(Pulse.POOR).signals();
        Account account = account(customer().renewsOn(RENEWAL).told(signals)).at(day(300));

        // When
        account.at(RENEWAL.plusDays(1));

        // Then
        assertThat(account.types()).containsExactly(STAGE_CHANGED, HEALTH_CHANGED);
        HealthChanged change = account.the(HEALTH_CHANGED, HealthChanged.class);
        assertThat(change.from()).isEqualTo(HealthLevel.POOR);
        assertThat(change.to()).isEqualTo(HealthLevel.UNKNOWN);
        assertThat(change.score()).isNull();
        assertThat(change.equation()).isNull();
        assertThat(account.at(RENEWAL.plusDays(2)).types()).isEmpty();
    }

    @Test
    void anAccountAtRestIsLookedAtWhenTimeAloneChangesItsHealth() {
        // Given a contact on day 100, and nothing else
        Account account = account(
                        customer().told(Told.on(day(100)).contact(day(100)).signals()))
                .under(WITH_HEALTH)
                .at(day(100));
        List<HealthLevel> levels =
                new ArrayList<>(List.of(account.journey.health().level()));
        List<Instant> looks = new ArrayList<>();

        // When it is looked at whenever it is due
        while (account.last.nextDue().isPresent() && looks.size() < 20) {
            looks.add(account.last.nextDue().get());
            account.at(account.last.nextDue().get());
            if (account.types().contains(HEALTH_CHANGED)) {
                levels.add(account.journey.health().level());
            }
        }

        // Then concerning on day 15, poor on day 30, unknown a year after it was told
        assertThat(levels)
                .containsExactly(HealthLevel.HEALTHY, HealthLevel.CONCERNING, HealthLevel.POOR, HealthLevel.UNKNOWN);
        assertThat(looks).contains(midnight(day(115)), midnight(day(130)), midnight(day(466)));
        assertThat(looks).hasSizeLessThan(8);
    }

    @Test
    void anInstanceThatWasSwitchedOffIsNotBehind() {
        // Given the policy knows 5.1 and what came after it
        Policy policy = new Policy(
                "v1",
                new Rules(
                        Fixtures.STAGES,
                        Fixtures.USAGE,
                        new MilestonePolicy(7, 500),
                        Equations.policy(List.of("5.1", "5.2", "5.3", "5.4", "6.0", "6.1"), Equations.STANDARD)),
                Map.of());
        Counted counted = counted().by(instance("i1").lastPing(tickOf(day(60))));

        // When
        Account account = account(customer()).under(policy).uses(counted);
        Object whilePinging = account.at(day(61)).behind();
        Object longAfter = account.at(day(96)).behind();

        // Then
        assertThat(whilePinging).isEqualTo(5);
        assertThat(longAfter).isNull();
    }

    @Test
    void aRecordedChurnTellsNoGoalOfOnboarding() {
        // Given
        Account account =
                account(customer().renewsOn(RENEWAL)).uses(mau(day(20), 10)).at(day(20));

        // When
        account.now(customer().renewsOn(RENEWAL).churnedOn(day(21))).at(day(21));

        // Then
        assertThat(account.types()).containsExactly(STAGE_CHANGED);
        assertThat(account.the(STAGE_CHANGED, StageChanged.class).reason().clause())
                .isEqualTo("churn-recorded");
        assertThat(account.the(STAGE_CHANGED, StageChanged.class).reason().inputs())
                .contains(new Input("churnedOn", day(21).toString(), null));
    }

    @Test
    void aChurnTakenBackLetsOnboardingGoOn() {
        // Given
        Account account = account(customer().renewsOn(RENEWAL)).at(day(20));
        account.now(customer().renewsOn(RENEWAL).churnedOn(day(21))).at(day(21));

        // When
        account.now(customer().renewsOn(RENEWAL)).at(day(25));
        account.uses(mau(day(59), 10)).at(day(59)).uses(mau(day(60), 10)).at(day(60));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ONBOARDING, Stage.CHURNED, Stage.ONBOARDING, Stage.ADOPTING);
        assertThat(account.journey.startedOn()).isEqualTo(CLOSE);
        assertThat(account.types()).contains(GOAL_MISSED);
    }

    @Test
    void aRenewalAfterAMistakenChurnLetsOnboardingGoOn() {
        // Given
        Account account = account(customer().renewsOn(RENEWAL)).at(day(20));
        account.now(customer().renewsOn(RENEWAL).churnedOn(day(21))).at(day(21));

        // When
        account.now(customer().renewsOn(RENEWAL.plusDays(100))).at(day(25));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ONBOARDING, Stage.CHURNED, Stage.ONBOARDING);
    }

    @Test
    void aChurnTakenBackAfterDay60JudgesTheGoal() {
        // Given
        Account account = account(customer().renewsOn(RENEWAL)).at(day(20));
        account.now(customer().renewsOn(RENEWAL).churnedOn(day(21))).at(day(21)).at(day(60));

        // When
        account.now(customer().renewsOn(RENEWAL)).uses(mau(day(70), 10)).at(day(70));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ONBOARDING, Stage.CHURNED, Stage.ADOPTING);
        assertThat(account.types()).contains(GOAL_MISSED);
    }

    @Test
    void aChurnTakenBackKeepsNurturing() {
        // Given
        Counted targetsMet = counted()
                .by(instance("i1")
                        .lastPing(tickOf(day(60)).minusSeconds(1_800))
                        .month(YearMonth.from(day(60)).minusMonths(1).toString(), 90)
                        .daily(day(30), day(60), 40));
        Account account = account(customer()).uses(targetsMet).at(day(60));
        account.now(customer().churnedOn(day(70))).at(day(70));

        // When
        account.now(customer()).uses(mau(day(75), 10)).at(day(75));

        // Then
        assertThat(account.stages()).containsExactly(Stage.NURTURING, Stage.CHURNED, Stage.NURTURING);
        assertThat(account.the(STAGE_CHANGED, StageChanged.class).reason().clause())
                .isEqualTo("nurturing-kept");
    }

    @Test
    void aChurnTakenBackAfterTheTermEndedStaysAChurn() {
        // Given
        Account account = account(customer().renewsOn(RENEWAL)).at(day(60));
        account.now(customer().renewsOn(RENEWAL).churnedOn(day(70))).at(day(70));

        // When
        account.now(customer().renewsOn(RENEWAL)).at(RENEWAL.plusDays(1));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ADOPTING, Stage.CHURNED);
    }

    @Test
    void aChurnWithdrawnWhileTheCloseDateIsGoneIsTakenBackOnceItIsThereAgain() {
        // Given
        Account account = account(customer()).at(day(20));
        account.now(customer().churnedOn(day(21))).at(day(21));

        // When
        account.now(customer().closedOn(null)).at(day(22));
        account.now(customer()).at(day(23));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ONBOARDING, Stage.CHURNED, Stage.ONBOARDING);
    }

    @Test
    void aNewContractAfterARecordedChurnStartsAnew() {
        // Given
        Account account = account(customer()).at(day(100));
        account.now(customer().churnedOn(day(110))).at(day(110));

        // When
        account.now(customer().closedOn(day(120))).at(day(121));

        // Then
        assertThat(account.stages()).containsExactly(Stage.ADOPTING, Stage.CHURNED, Stage.ONBOARDING);
        assertThat(account.journey.startedOn()).isEqualTo(day(120));
    }

    @Test
    void aChurnRecordedForLaterIsDueOnItsDay() {
        // When
        Account account =
                account(customer().renewsOn(RENEWAL).churnedOn(day(90))).at(day(70));

        // Then
        assertThat(account.last.nextDue()).contains(midnight(day(90)));
    }

    private static Instant midnight(LocalDate day) {
        return Instant.parse(day + "T00:00:00Z");
    }
}
