package dev.stagecoach.lifecycle.stage;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Input;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.usage.Ratio;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stage machine ({@code docs/rules.md}, stages). Pure: the same facts, figures, standing and day give the same verdict. The
 * clauses are tried in the order of {@link #verdict}, and the first that holds decides; boundaries are inclusive; dates are UTC.
 */
public final class StageRules {
    private final StagePolicy policy;
    private final AccountFacts facts;
    private final UsageFigures figures;
    private final Standing standing;
    private final LocalDate today;
    private final @Nullable LocalDate start;
    private final List<TriedClause> tried = new ArrayList<>();

    private StageRules(
            StagePolicy policy, AccountFacts facts, UsageFigures figures, Standing standing, LocalDate today) {
        this.policy = policy;
        this.facts = facts;
        this.figures = figures;
        this.standing = standing.resumed(facts, today);
        this.today = today;
        this.start = this.standing.startGiven(facts.contractClosedOn());
    }

    /** The stage of an account on a day, given where it stood before. */
    public static StageVerdict verdict(
            StagePolicy policy, AccountFacts facts, UsageFigures figures, Standing standing, LocalDate today) {
        return new StageRules(policy, facts, figures, standing, today).verdict();
    }

    /** The days after today on which time alone may change the stage, in no order. */
    public static Stream<LocalDate> daysThatMatter(StagePolicy policy, AccountFacts facts, Standing standing) {
        LocalDate start = standing.startGiven(facts.contractClosedOn());
        return Stream.of(
                        Optional.ofNullable(facts.expectedCloseOn()).map(day -> day.minusDays(policy.prospectDays())),
                        Optional.ofNullable(facts.contractClosedOn()).map(day -> day.minusDays(policy.prospectDays())),
                        Optional.ofNullable(facts.contractClosedOn()),
                        Optional.ofNullable(start).map(day -> day.plusDays(policy.onboardingDays())),
                        Optional.ofNullable(facts.renewsOn()).map(day -> day.minusDays(policy.renewingDays())),
                        termEnd(policy, facts).map(day -> day.plusDays(1)),
                        Optional.ofNullable(facts.churnedOn()),
                        Optional.ofNullable(facts.stageByHand())
                                .map(byHand -> byHand.until().plusDays(1)))
                .flatMap(Optional::stream);
    }

    /** The last day of the term; an extension moves it, but no further than the policy allows. */
    public static Optional<LocalDate> termEnd(StagePolicy policy, AccountFacts facts) {
        LocalDate renewsOn = facts.renewsOn();
        if (renewsOn == null) {
            return Optional.empty();
        }
        LocalDate extended = facts.extendedUntil();
        if (extended == null || extended.isBefore(renewsOn)) {
            return Optional.of(renewsOn);
        }
        LocalDate latest = renewsOn.plusDays(policy.longestExtensionDays());
        return Optional.of(extended.isAfter(latest) ? latest : extended);
    }

    private StageVerdict verdict() {
        LocalDate closedOn = facts.contractClosedOn();
        if (closedOn == null || closedOn.isAfter(today)) {
            return open(closedOn);
        }
        if (facts.churnedOn() != null
                && tries(Clause.CHURN_RECORDED, Standing.hasLeft(facts, today), this::leavingNeeds)) {
            return verdict(Stage.CHURNED, Clause.CHURN_RECORDED, comingBackMiss());
        }
        if (tries(Clause.CONTRACT_CLOSED, isOnboarding(), this::onboardingNeeds)) {
            return verdict(Stage.ONBOARDING, Clause.CONTRACT_CLOSED, onboardingMiss());
        }
        if (tries(Clause.TERM_ENDED, isTermOver(), this::termNeeds)) {
            return verdict(Stage.CHURNED, Clause.TERM_ENDED, churnedMiss());
        }
        if (tries(Clause.RENEWAL_NEAR, isRenewalNear(), this::renewalNeeds)) {
            return verdict(Stage.RENEWING, Clause.RENEWAL_NEAR, renewingMiss());
        }
        if (tries(Clause.TARGETS_MET, targetsMet(), this::targetsNeed)) {
            return verdict(Stage.NURTURING, Clause.TARGETS_MET, miss(Clause.RENEWAL_NEAR, renewalNeeds()));
        }
        if (tries(Clause.NURTURING_KEPT, keepsNurturing(), this::keepingNeeds)) {
            return verdict(Stage.NURTURING, Clause.NURTURING_KEPT, miss(Clause.RENEWAL_NEAR, renewalNeeds()));
        }
        tries(Clause.TARGETS_NOT_MET, true, () -> "");
        return verdict(Stage.ADOPTING, Clause.TARGETS_NOT_MET, miss(Clause.TARGETS_MET, targetsNeed()));
    }

    /** A deal that has not closed yet, or whose close date lies ahead. */
    private StageVerdict open(@Nullable LocalDate closesOn) {
        String needsContract = closesOn == null ? "needs the date on which the contract closed" : daysUntil(closesOn);
        tries(Clause.CONTRACT_CLOSED, false, () -> needsContract);
        NearestMiss contractMiss = miss(Clause.CONTRACT_CLOSED, needsContract);
        if (standing.stage() != null && standing.stage() != Stage.PROSPECT) {
            tries(Clause.FACTS_INCOMPLETE, true, () -> "");
            return verdict(standing.stage(), Clause.FACTS_INCOMPLETE, contractMiss);
        }
        LocalDate expected = facts.expectedCloseOn() != null ? facts.expectedCloseOn() : closesOn;
        boolean isNear = expected != null && DAYS.between(today, expected) <= policy.prospectDays();
        String needsNearness = expected == null
                ? "needs an expected close date"
                : daysUntil(expected.minusDays(policy.prospectDays()));
        if (tries(Clause.CLOSE_NEAR, isNear, () -> needsNearness)) {
            return verdict(Stage.PROSPECT, Clause.CLOSE_NEAR, contractMiss);
        }
        if (tries(Clause.STAYS_PROSPECT, standing.stage() == Stage.PROSPECT, () -> "needs to have been a Prospect")) {
            return verdict(Stage.PROSPECT, Clause.STAYS_PROSPECT, contractMiss);
        }
        tries(Clause.CLOSE_FAR_AWAY, true, () -> "");
        return verdict(null, Clause.CLOSE_FAR_AWAY, miss(Clause.CLOSE_NEAR, needsNearness));
    }

    /** Looks at a clause and remembers it with what it lacks. */
    private boolean tries(Clause clause, boolean holds, Supplier<String> needs) {
        tried.add(new TriedClause(clause, holds, holds ? null : needs.get()));
        return holds;
    }

    private boolean isOnboarding() {
        return start != null && standing.mayOnboard(start) && day(start) < policy.onboardingDays();
    }

    private String onboardingNeeds() {
        return start != null && standing.mayOnboard(start)
                ? "needs a day before " + start.plusDays(policy.onboardingDays())
                : "needs a new contract after churn: Onboarding comes once in a relationship";
    }

    private NearestMiss onboardingMiss() {
        return miss(
                Clause.TARGETS_NOT_MET, daysUntil(Objects.requireNonNull(start).plusDays(policy.onboardingDays())));
    }

    private boolean isTermOver() {
        return termEnd(policy, facts).filter(today::isAfter).isPresent();
    }

    private String termNeeds() {
        return termEnd(policy, facts).map(end -> daysUntil(end.plusDays(1))).orElse("needs a renewal date");
    }

    private NearestMiss churnedMiss() {
        LocalDate last = standing.lastClose(facts.contractClosedOn(), today);
        return miss(Clause.CONTRACT_CLOSED, "needs a new contract, closed after " + last);
    }

    private boolean isRenewalNear() {
        LocalDate renewsOn = facts.renewsOn();
        return renewsOn != null && DAYS.between(today, renewsOn) <= policy.renewingDays();
    }

    private String renewalNeeds() {
        LocalDate renewsOn = facts.renewsOn();
        return renewsOn == null ? "needs a renewal date" : daysUntil(renewsOn.minusDays(policy.renewingDays()));
    }

    /** Renewed, the account is where its usage puts it. */
    private NearestMiss renewingMiss() {
        Clause renewed =
                targetsMet() ? Clause.TARGETS_MET : keepsNurturing() ? Clause.NURTURING_KEPT : Clause.TARGETS_NOT_MET;
        return miss(renewed, "needs a renewal date more than " + counted(policy.renewingDays(), "day") + " away");
    }

    private boolean keepsNurturing() {
        return standing.stage() == Stage.NURTURING && (policy.nurturingIsKept() || !isBelowATarget());
    }

    private String keepingNeeds() {
        return standing.stage() == Stage.NURTURING
                ? "needs no target to be known to be missed, or a policy that keeps Nurturing"
                : "needs to be in Nurturing already";
    }

    private String leavingNeeds() {
        LocalDate churnedOn = Objects.requireNonNull(facts.churnedOn());
        return churnedOn.isAfter(today)
                ? daysUntil(churnedOn)
                : "needs a churn on or after the day on which the contract closed, " + facts.contractClosedOn();
    }

    private NearestMiss comingBackMiss() {
        return miss(Clause.CONTRACT_CLOSED, "needs a new contract, closed after " + facts.churnedOn());
    }

    private boolean targetsMet() {
        return figures.utilization().atLeast(policy.utilizationTarget())
                && figures.usage().atLeast(policy.usageTarget());
    }

    /** Known to be below: what is unknown moves no stage. */
    private boolean isBelowATarget() {
        return figures.utilization().below(policy.utilizationTarget())
                || figures.usage().below(policy.usageTarget());
    }

    private long day(LocalDate from) {
        return DAYS.between(from, today);
    }

    private String daysUntil(LocalDate day) {
        long days = DAYS.between(today, day);
        return "needs " + counted(days, "more day") + ", until " + day;
    }

    private static NearestMiss miss(Clause clause, String needs) {
        return new NearestMiss(clause.wireName(), needs);
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private String targetsNeed() {
        List<String> needs = new ArrayList<>();
        utilizationMiss().ifPresent(needs::add);
        usageMiss().ifPresent(needs::add);
        return "needs " + String.join(" and ", needs);
    }

    private Optional<String> utilizationMiss() {
        Ratio utilization = figures.utilization();
        if (utilization.atLeast(policy.utilizationTarget())) {
            return Optional.empty();
        }
        if (utilization instanceof Ratio.Unknown unknown) {
            return Optional.of("a known utilization: " + unknown.why());
        }
        int mau = zeroIfNull(figures.mau().value());
        int missing = (int) leastAtTarget(zeroIfNull(figures.seats().value()), policy.utilizationTarget()) - mau;
        return Optional.of(counted(missing, "more active user") + " for " + percent(policy.utilizationTarget()));
    }

    private Optional<String> usageMiss() {
        Ratio usage = figures.usage();
        if (usage.atLeast(policy.usageTarget())) {
            return Optional.empty();
        }
        if (usage instanceof Ratio.Unknown unknown) {
            return Optional.of("a known usage: " + unknown.why());
        }
        double missing = policy.usageTarget() * zeroIfNull(figures.mau().value())
                - (double) figures.dauSum() / figures.dauDays();
        return Optional.of(String.format(
                java.util.Locale.ROOT,
                "%.1f more users on a mean day for %s",
                // Up: a little too few would not do.
                Math.max(Math.ceil(missing * 10) / 10, 0.1),
                percent(policy.usageTarget())));
    }

    /** The smallest number of users whose share of the seats is at least the target, by the same division that decides. */
    private static long leastAtTarget(int seats, double target) {
        long users = (long) Math.floor(target * seats);
        while (!Ratio.of(users, seats).atLeast(target)) {
            users++;
        }
        return users;
    }

    private static int zeroIfNull(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static String percent(double fraction) {
        return Math.round(fraction * 1000) % 10 == 0
                ? Math.round(fraction * 100) + " %"
                : Math.round(fraction * 1000) / 10.0 + " %";
    }

    private StageVerdict verdict(@Nullable Stage stage, Clause clause, NearestMiss miss) {
        return new StageVerdict(stage, clause, inputs(), miss, tried);
    }

    private List<Input> inputs() {
        LocalDate renewsOn = facts.renewsOn();
        LocalDate expected = facts.expectedCloseOn();
        List<Input> inputs = new ArrayList<>();
        inputs.add(new Input("expectedCloseOn", text(expected), null));
        if (expected != null && start == null) {
            inputs.add(new Input("daysToClose", DAYS.between(today, expected), policy.prospectDays()));
        }
        inputs.add(new Input("contractClosedOn", text(facts.contractClosedOn()), null));
        inputs.add(new Input("day", start == null ? null : day(start), policy.onboardingDays()));
        inputs.add(new Input("renewsOn", text(renewsOn), null));
        inputs.add(new Input(
                "daysToRenewal", renewsOn == null ? null : DAYS.between(today, renewsOn), policy.renewingDays()));
        inputs.add(new Input(
                "termEndsOn", termEnd(policy, facts).map(LocalDate::toString).orElse(null), null));
        inputs.add(new Input("churnedOn", text(facts.churnedOn()), null));
        inputs.add(new Input("mau", figures.mau().value(), null));
        inputs.add(new Input("seats", figures.seats().value(), null));
        inputs.add(new Input("utilization", figures.utilization().orNull(), policy.utilizationTarget()));
        inputs.add(new Input("dauMean", figures.dauMean(), null));
        inputs.add(new Input("usage", figures.usage().orNull(), policy.usageTarget()));
        inputs.add(new Input("definition", figures.definition().wireName(), null));
        inputs.add(new Input(
                "source", figures.source() == null ? null : figures.source().wireName(), null));
        return List.copyOf(inputs);
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }
}
