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
import java.util.Optional;
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

    private StageRules(
            StagePolicy policy, AccountFacts facts, UsageFigures figures, Standing standing, LocalDate today) {
        this.policy = policy;
        this.facts = facts;
        this.figures = figures;
        this.standing = standing;
        this.today = today;
        this.start = standing.startGiven(facts.contractClosedOn());
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
        if (start != null && standing.mayOnboard(start) && day(start) < policy.onboardingDays()) {
            return verdict(Stage.ONBOARDING, Clause.CONTRACT_CLOSED, onboardingMiss(start));
        }
        if (termEnd(policy, facts).filter(end -> today.isAfter(end)).isPresent()) {
            return verdict(Stage.CHURNED, Clause.TERM_ENDED, null);
        }
        LocalDate renewsOn = facts.renewsOn();
        if (renewsOn != null && DAYS.between(today, renewsOn) <= policy.renewingDays()) {
            return verdict(Stage.RENEWING, Clause.RENEWAL_NEAR, null);
        }
        if (targetsMet()) {
            return verdict(Stage.NURTURING, Clause.TARGETS_MET, renewalMiss());
        }
        if (standing.stage() == Stage.NURTURING && (policy.nurturingIsKept() || !isBelowATarget())) {
            return verdict(Stage.NURTURING, Clause.NURTURING_KEPT, renewalMiss());
        }
        return verdict(Stage.ADOPTING, Clause.TARGETS_NOT_MET, targetsMiss());
    }

    /** A deal that has not closed yet, or whose close date lies ahead. */
    private StageVerdict open(@Nullable LocalDate closesOn) {
        if (standing.stage() != null && standing.stage() != Stage.PROSPECT) {
            return verdict(standing.stage(), Clause.FACTS_INCOMPLETE, null);
        }
        LocalDate expected = facts.expectedCloseOn() != null ? facts.expectedCloseOn() : closesOn;
        if (expected != null && DAYS.between(today, expected) <= policy.prospectDays()) {
            return verdict(Stage.PROSPECT, Clause.CLOSE_NEAR, null);
        }
        if (standing.stage() == Stage.PROSPECT) {
            return verdict(Stage.PROSPECT, Clause.STAYS_PROSPECT, null);
        }
        NearestMiss miss = expected == null
                ? new NearestMiss(Clause.CLOSE_NEAR.wireName(), "needs an expected close date")
                : needsDay(Clause.CLOSE_NEAR, expected.minusDays(policy.prospectDays()));
        return verdict(null, Clause.CLOSE_FAR_AWAY, miss);
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

    private NearestMiss onboardingMiss(LocalDate from) {
        return needsDay(Clause.TARGETS_NOT_MET, from.plusDays(policy.onboardingDays()));
    }

    private @Nullable NearestMiss renewalMiss() {
        LocalDate renewsOn = facts.renewsOn();
        return renewsOn == null ? null : needsDay(Clause.RENEWAL_NEAR, renewsOn.minusDays(policy.renewingDays()));
    }

    private NearestMiss needsDay(Clause clause, LocalDate day) {
        long days = DAYS.between(today, day);
        return new NearestMiss(
                clause.wireName(), "needs " + days + " more " + (days == 1 ? "day" : "days") + ", until " + day);
    }

    private NearestMiss targetsMiss() {
        List<String> needs = new ArrayList<>();
        utilizationMiss().ifPresent(needs::add);
        usageMiss().ifPresent(needs::add);
        return new NearestMiss(Clause.TARGETS_MET.wireName(), "needs " + String.join(" and ", needs));
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
        return Optional.of(missing + " more active " + (missing == 1 ? "user" : "users") + " for "
                + percent(policy.utilizationTarget()));
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

    private StageVerdict verdict(@Nullable Stage stage, Clause clause, @Nullable NearestMiss miss) {
        return new StageVerdict(stage, clause, inputs(), miss);
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
