package dev.stagecoach.lifecycle.journey;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.lifecycle.health.Assessment;
import dev.stagecoach.lifecycle.health.HealthRules;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.journey.Journey.Target;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import dev.stagecoach.lifecycle.stage.ByHand;
import dev.stagecoach.lifecycle.stage.Clause;
import dev.stagecoach.lifecycle.stage.StageRules;
import dev.stagecoach.lifecycle.stage.StageVerdict;
import dev.stagecoach.lifecycle.stage.Standing;
import dev.stagecoach.lifecycle.usage.MeasureUsage;
import dev.stagecoach.lifecycle.usage.Ratio;
import dev.stagecoach.lifecycle.usage.RecapMonth;
import dev.stagecoach.lifecycle.usage.RunningVersions;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.InstanceCounts;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one account at one moment. Pure: no clock, no randomness, no input or output. Deciding again with the journey
 * that came out decides nothing new.
 */
public final class DecideJourney {
    private static final String SOURCE = "/lifecycle-service";

    private final String policyVersion;
    private final Rules rules;
    private final AccountFacts facts;
    private final SortedMap<String, InstanceCounts> instances;
    private final UsageFigures figures;
    private final List<String> versions;
    private final Instant now;
    private final LocalDate today;
    private final @Nullable String cause;
    private final List<Event<?>> events = new ArrayList<>();
    private Journey journey;

    private DecideJourney(
            Policy policy,
            AccountFacts facts,
            UsageCounts counts,
            Journey journey,
            Instant now,
            @Nullable String cause) {
        this.policyVersion = policy.version();
        this.rules = policy.of(facts.segment());
        this.facts = facts;
        this.instances = MeasureUsage.productionInstances(facts, counts);
        this.figures = MeasureUsage.of(rules.usage(), facts, counts, now);
        this.versions = RunningVersions.of(rules.usage(), facts, counts, now);
        this.journey = journey;
        this.now = now;
        this.today = LocalDate.ofInstant(now, UTC);
        this.cause = cause;
    }

    /**
     * Looks at an account.
     *
     * @param firstUses features that were seen for the first time since the last look
     * @param cause the id of the record that made us look
     */
    public static Decisions of(
            Policy policy,
            AccountFacts facts,
            UsageCounts counts,
            Journey journey,
            List<FirstUse> firstUses,
            Instant now,
            @Nullable String cause) {
        DecideJourney decide = new DecideJourney(policy, facts, counts, journey, now, cause);
        decide.stage();
        if (decide.journey.isCustomer()) {
            decide.targets();
            decide.firstPing();
            decide.silences();
        }
        decide.health();
        firstUses.forEach(decide::firstUse);
        return new Decisions(decide.journey, decide.figures, List.copyOf(decide.events), decide.nextDue());
    }

    private void stage() {
        StageVerdict verdict = StageRules.verdict(rules.stages(), facts, figures, journey.standing(), today);
        Standing before = journey.standing().resumed(facts, today);
        boolean onboardingEnds = before.stage() == Stage.ONBOARDING
                && verdict.stage() != Stage.ONBOARDING
                && verdict.clause() != Clause.FACTS_INCOMPLETE
                // Whoever left has no goal to meet any more.
                && verdict.clause() != Clause.CHURN_RECORDED;
        LocalDate startedOn = before.startGiven(facts.contractClosedOn());
        if (before.stage() == Stage.CHURNED && verdict.stage() == Stage.ONBOARDING) {
            journey = journey.startsAnew();
        }
        journey = journey.standing(journey.standing().after(verdict, facts, today));
        StageVerdict effective = ByHand.over(verdict, facts, today);
        if (effective.stage() != journey.stage()) {
            changeTo(effective.stage(), effective);
        }
        if (onboardingEnds) {
            judgeGoal(Objects.requireNonNull(startedOn));
        }
    }

    private void changeTo(@Nullable Stage to, StageVerdict verdict) {
        Reason reason = new Reason(verdict.clause().wireName(), verdict.inputs(), verdict.nearestMiss(), policyVersion);
        Stage from = journey.stage();
        journey = journey.enters(to, today);
        decided(
                numbered("stage-changed", journey.changes(), to == null ? "none" : to.wireName()),
                EventType.STAGE_CHANGED,
                new StageChanged(facts.account(), from, to, now, reason),
                cause);
    }

    /** What Onboarding was to end with ({@code docs/rules.md}, stages): met, missed, or not to be known. */
    private void judgeGoal(LocalDate startedOn) {
        double goal = rules.stages().onboardingGoal();
        String id = DecisionId.of("onboarding-goal", facts.account(), startedOn);
        if (!(figures.utilization() instanceof Ratio.Known utilization)) {
            String why = ((Ratio.Unknown) figures.utilization()).why();
            decided(
                    id,
                    EventType.GOAL_UNKNOWN,
                    new Milestone.GoalUnknown(facts.account(), now, why, definition(), policyVersion),
                    cause);
            return;
        }
        int mau = Objects.requireNonNull(figures.mau().value());
        int seats = Objects.requireNonNull(figures.seats().value());
        if (utilization.atLeast(goal)) {
            decided(
                    id,
                    EventType.GOAL_MET,
                    new Milestone.GoalMet(
                            facts.account(), now, utilization.value(), goal, mau, seats, definition(), policyVersion),
                    cause);
        } else {
            decided(
                    id,
                    EventType.GOAL_MISSED,
                    new Milestone.GoalMissed(
                            facts.account(), now, utilization.value(), goal, mau, seats, definition(), policyVersion),
                    cause);
        }
    }

    private void targets() {
        StagePolicy stages = rules.stages();
        journey = journey.withTargets(
                target("utilization", journey.utilization(), figures.utilization(), stages.utilizationTarget()),
                target("usage", journey.usage(), figures.usage(), stages.usageTarget()));
    }

    private Target target(String name, Target before, Ratio ratio, double threshold) {
        boolean crosses = before.held() ? ratio.below(threshold) : ratio.atLeast(threshold);
        if (!crosses || !(ratio instanceof Ratio.Known known)) {
            return before;
        }
        Target after = before.crossed();
        String id = numbered("target", after.crossings(), name);
        if (after.held()) {
            decided(
                    id,
                    EventType.TARGET_REACHED,
                    new Milestone.TargetReached(
                            facts.account(), now, name, known.value(), threshold, definition(), policyVersion),
                    cause);
        } else {
            decided(
                    id,
                    EventType.TARGET_LOST,
                    new Milestone.TargetLost(
                            facts.account(), now, name, known.value(), threshold, definition(), policyVersion),
                    cause);
        }
        return after;
    }

    /** A trial instance may ping long before the contract: only pings from the start of the relationship on are news. */
    private void firstPing() {
        if (journey.firstPing()) {
            return;
        }
        Instant start =
                Objects.requireNonNull(journey.startedOn()).atStartOfDay(UTC).toInstant();
        instances.entrySet().stream()
                .filter(instance -> !instance.getValue().lastPingAt().isBefore(start))
                .findFirst()
                .ifPresent(instance -> {
                    journey = journey.withFirstPing();
                    String version = instance.getValue().version();
                    decided(
                            DecisionId.of("first-ping", facts.account()),
                            EventType.FIRST_PING,
                            new Milestone.FirstPing(facts.account(), now, instance.getKey(), version, policyVersion),
                            cause);
                });
    }

    /** Of a trial instance that stopped before the contract began, nobody expects a ping. */
    private void silences() {
        Instant start =
                Objects.requireNonNull(journey.startedOn()).atStartOfDay(UTC).toInstant();
        Instant silentBefore = now.minus(Duration.ofDays(rules.usage().silenceDays()));
        instances.forEach((instance, counts) -> {
            Instant lastPingAt = counts.lastPingAt();
            if (lastPingAt.isBefore(silentBefore)
                    && !lastPingAt.isBefore(start)
                    && !lastPingAt.equals(journey.silences().get(instance))) {
                journey = journey.withSilence(instance, lastPingAt);
                decided(
                        DecisionId.of("instance-silent", facts.account(), instance, lastPingAt),
                        EventType.INSTANCE_SILENT,
                        new Milestone.InstanceSilent(facts.account(), now, instance, lastPingAt, policyVersion),
                        cause);
            }
        });
    }

    /** Whoever is no customer has no health; leaving is told like any other change of level. */
    private void health() {
        HealthStanding before = journey.health();
        HealthStanding after = before.assessed(assessment(), today);
        journey = journey.withHealth(after);
        if (after.changes() == before.changes()) {
            return;
        }
        Assessment assessed = after.latest();
        decided(
                numbered("health-changed", after.changes(), after.level().wireName()),
                EventType.HEALTH_CHANGED,
                new HealthChanged(
                        facts.account(),
                        before.level(),
                        after.level(),
                        assessed.score(),
                        now,
                        assessed.equation(),
                        assessed.categories(),
                        after.reasons(),
                        policyVersion),
                cause);
    }

    private Assessment assessment() {
        return HealthRules.assess(rules.health(), facts, journey.standing(), journey.stage(), figures, versions, today);
    }

    private void firstUse(FirstUse use) {
        Duration horizon = Duration.ofDays(rules.milestones().firstUseHorizonDays());
        if (use.usedAt().isBefore(now.minus(horizon))) {
            return;
        }
        decided(
                DecisionId.of("feature-first-used", facts.account(), use.feature()),
                EventType.FEATURE_FIRST_USED,
                new Milestone.FeatureFirstUsed(
                        facts.account(), now, use.feature(), use.source().wireName(), policyVersion),
                use.causedBy().id());
    }

    private String definition() {
        return figures.definition().wireName();
    }

    /**
     * The id of a decision of a kind of which there can be many. The number tells apart those of one moment, which facts that go back
     * and forth can make; the moment those that have a number again because a rebuild began to count anew.
     */
    private String numbered(String kind, int number, String what) {
        return DecisionId.of(kind, facts.account(), now, number, what);
    }

    private void decided(String id, EventType type, EventData data, @Nullable String causedBy) {
        events.add(Event.of(id, type, SOURCE, facts.account(), now, causedBy, data));
    }

    /**
     * While the figures move, each new day can change them; otherwise only the dates in the facts and an instance that stays
     * away can change anything, so that an account at rest costs nothing.
     */
    private Optional<Instant> nextDue() {
        Stream<LocalDate> days = figures.areMoving()
                ? Stream.of(today.plusDays(1))
                : Stream.concat(
                        StageRules.daysThatMatter(rules.stages(), facts, journey.standing()),
                        daysThatMatterToCustomers());
        return Stream.concat(days.map(day -> day.atStartOfDay(UTC).toInstant()), absences())
                .filter(due -> due.isAfter(now))
                .min(Instant::compareTo);
    }

    /**
     * To health, and to the recap of a month: what is known of it is known though nobody was active, or no instance pings any more. Of
     * an account without any usage there is nothing to tell.
     */
    private Stream<LocalDate> daysThatMatterToCustomers() {
        if (!journey.isCustomer()) {
            return Stream.empty();
        }
        Stream<LocalDate> ofHealth = HealthRules.daysThatMatter(rules.health(), facts, today);
        return figures.source() == null
                ? ofHealth
                : Stream.concat(ofHealth, Stream.of(RecapMonth.nextDay(rules.usage(), today)));
    }

    /** When an instance that does not ping again turns silent, and when its counts stop deciding. */
    private Stream<Instant> absences() {
        UsagePolicy usage = rules.usage();
        return instances.values().stream()
                .flatMap(instance -> Stream.of(usage.silenceDays(), usage.pingsDecideForDays())
                        // "Longer than" so many days: the first moment after them.
                        .map(days -> instance.lastPingAt()
                                .plus(Duration.ofDays(days))
                                .plusMillis(1)));
    }
}
