package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Signals;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.health.Reading.Known;
import dev.stagecoach.lifecycle.health.Reading.Unknown;
import dev.stagecoach.lifecycle.health.Score.Points;
import dev.stagecoach.lifecycle.policy.Bound;
import dev.stagecoach.lifecycle.policy.HealthPolicy;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Category;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Equation;
import dev.stagecoach.lifecycle.policy.HealthPolicy.MeasureRule;
import dev.stagecoach.lifecycle.policy.HealthPolicy.ValidDays;
import dev.stagecoach.lifecycle.policy.Measure;
import dev.stagecoach.lifecycle.stage.Standing;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The health of a customer ({@code docs/rules.md}, health). Pure: the same facts, figures and day give the same assessment. */
public final class HealthRules {
    private static final int POOR = 0;
    static final int CONCERNING = 5;
    static final int HEALTHY = 10;

    private HealthRules() {}

    /**
     * Assesses an account: whoever is no customer has no health.
     *
     * @param byRule where it stands by the rules
     * @param shown the stage that everyone sees; it chooses the equation
     * @param versions what the production instances run that still ping
     */
    public static Assessment assess(
            HealthPolicy policy,
            AccountFacts facts,
            Standing byRule,
            @Nullable Stage shown,
            UsageFigures figures,
            Collection<String> versions,
            LocalDate today) {
        return !byRule.isCustomer() || shown == null || shown == Stage.CHURNED
                ? Assessment.NO_CUSTOMER
                : assess(policy, facts, shown, figures, versions, today);
    }

    /**
     * What would lift the level of a customer with the least; empty when it is healthy.
     *
     * @param assessed what the equation for the segment and the stage came to
     */
    public static Optional<HealthMiss> nearestMiss(
            HealthPolicy policy, Segment segment, Stage stage, Assessment assessed) {
        return new NearestLift(policy.of(segment, stage), policy.levels(), assessed).find();
    }

    /**
     * Assesses a customer.
     *
     * @param stage the stage that everyone sees; it chooses the equation
     * @param versions what the production instances run that still ping
     */
    public static Assessment assess(
            HealthPolicy policy,
            AccountFacts facts,
            Stage stage,
            UsageFigures figures,
            Collection<String> versions,
            LocalDate today) {
        ReadMeasures measures = new ReadMeasures(policy, facts.signalsOrNone(), figures, versions, today);
        Equation equation = policy.of(facts.segment(), stage);
        List<HealthCategory> categories = new ArrayList<>();
        List<Points> known = new ArrayList<>();
        for (Category category : equation.categories()) {
            List<HealthMeasure> scored = category.measures().stream()
                    .map(rule -> score(rule, measures.of(rule.name())))
                    .toList();
            Optional<Points> points = points(category, scored);
            points.ifPresent(known::add);
            categories.add(new HealthCategory(
                    category.name(), category.weight(), points.map(Points::mean).orElse(null), scored));
        }
        if (known.isEmpty()) {
            return new Assessment(HealthLevel.UNKNOWN, null, equation.name(), categories);
        }
        Score score = Score.of(known);
        return new Assessment(score.level(policy.levels()), score.value(), equation.name(), categories);
    }

    /** The days after {@code today} on which time alone may change the health of a customer, in no order. */
    public static Stream<LocalDate> daysThatMatter(HealthPolicy policy, AccountFacts facts, LocalDate today) {
        Signals signals = facts.signalsOrNone();
        ValidDays valid = policy.validDays();
        Stream<LocalDate> expiries = Stream.of(
                        ReadMeasures.unknownFrom(signals.defectTickets90Days(), valid.defectTickets90Days()),
                        ReadMeasures.unknownFrom(signals.helpTickets90Days(), valid.helpTickets90Days()),
                        ReadMeasures.unknownFrom(signals.pulse(), valid.pulse()),
                        ReadMeasures.unknownFrom(signals.championActive(), valid.championActive()),
                        ReadMeasures.unknownFrom(signals.buyerAccess(), valid.buyerAccess()),
                        ReadMeasures.unknownFrom(signals.lastContactOn(), valid.lastContactOn()))
                .flatMap(Optional::stream);
        return Stream.concat(expiries, contactLimits(policy, facts)).filter(day -> day.isAfter(today));
    }

    /** Where the days since the last contact pass a bound of any equation. */
    private static Stream<LocalDate> contactLimits(HealthPolicy policy, AccountFacts facts) {
        if (facts.signalsOrNone().lastContactOn() == null) {
            return Stream.empty();
        }
        LocalDate contact =
                Objects.requireNonNull(facts.signalsOrNone().lastContactOn()).value();
        return policy.equations().stream()
                .flatMap(equation -> equation.categories().stream())
                .flatMap(category -> category.measures().stream())
                .filter(rule -> rule.name() == Measure.DAYS_SINCE_LAST_CONTACT)
                .flatMap(rule -> Stream.of(rule.healthy(), rule.poor()))
                .map(Bound::limit)
                .filter(Objects::nonNull)
                .map(limit -> (long) Math.ceil(Objects.requireNonNull(limit)))
                // A limit that includes its day passes on that day or the next, by its direction.
                .flatMap(days -> Stream.of(contact.plusDays(days), contact.plusDays(days + 1)));
    }

    private static HealthMeasure score(MeasureRule rule, Reading reading) {
        String name = rule.name().wireName();
        if (reading instanceof Unknown unknown) {
            return new HealthMeasure(name, null, null, unknown.why());
        }
        Object value = ((Known) reading).value();
        String healthy = HealthWords.bound(rule.name(), rule.healthy());
        String poor = HealthWords.bound(rule.name(), rule.poor());
        if (rule.healthy().holds(value)) {
            return new HealthMeasure(name, value, HEALTHY, "healthy: " + healthy);
        }
        if (rule.poor().holds(value)) {
            return new HealthMeasure(name, value, POOR, "poor: " + poor);
        }
        return new HealthMeasure(name, value, CONCERNING, "concerning: neither " + healthy + " nor " + poor);
    }

    private static Optional<Points> points(Category category, List<HealthMeasure> measures) {
        int sum = 0;
        int known = 0;
        for (HealthMeasure measure : measures) {
            if (measure.points() != null) {
                sum += measure.points();
                known++;
            }
        }
        return known == 0 ? Optional.empty() : Optional.of(new Points(category.weight(), sum, known));
    }
}
