package dev.stagecoach.lifecycle.explain;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.StageByHand;
import dev.stagecoach.lifecycle.explain.Why.LookedAt;
import dev.stagecoach.lifecycle.explain.Why.Metrics;
import dev.stagecoach.lifecycle.explain.Why.SetByHand;
import dev.stagecoach.lifecycle.explain.Why.Usage;
import dev.stagecoach.lifecycle.explain.Why.Utilization;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.lifecycle.stage.ByHand;
import dev.stagecoach.lifecycle.stage.StageRules;
import dev.stagecoach.lifecycle.stage.StageVerdict;
import dev.stagecoach.lifecycle.usage.Ratio;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains the stage of an account. Pure; has the rules decide again, and says what they saw. */
public final class ExplainAccount {
    private ExplainAccount() {}

    /**
     * Why an account stands where it stands.
     *
     * @param journey as it was left by the last decision
     * @param now the last tick
     */
    public static Why of(Policy policy, AccountFacts facts, UsageFigures figures, Journey journey, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, UTC);
        Rules rules = policy.of(facts.segment());
        StageVerdict byRule = StageRules.verdict(rules.stages(), facts, figures, journey.standing(), today);
        StageVerdict effective = ByHand.over(byRule, facts, today);
        return new Why(
                facts.account(),
                journey.stage(),
                journey.since(),
                effective.clause().wireName(),
                ByHand.inForce(facts, today)
                        .map(byHand -> setByHand(byHand, byRule))
                        .orElse(null),
                byRule.inputs(),
                lookedAt(byRule),
                byRule.nearestMiss(),
                StagesAhead.next(rules.stages(), facts, figures, journey, today).orElse(null),
                metrics(rules, figures),
                policy.version(),
                now);
    }

    private static SetByHand setByHand(StageByHand byHand, StageVerdict byRule) {
        return new SetByHand(
                byHand.stage(),
                byHand.author(),
                byHand.reason(),
                byHand.until(),
                byRule.stage(),
                byRule.clause().wireName());
    }

    private static List<LookedAt> lookedAt(StageVerdict byRule) {
        return byRule.tried().stream()
                .map(tried -> new LookedAt(tried.clause().wireName(), tried.holds(), tried.needs()))
                .toList();
    }

    private static Metrics metrics(Rules rules, UsageFigures figures) {
        return new Metrics(
                figures.source() == null ? null : figures.source().wireName(),
                figures.definition().wireName(),
                figures.month(),
                new Utilization(
                        figures.utilization().orNull(),
                        rules.stages().utilizationTarget(),
                        figures.mau().value(),
                        figures.seats().value(),
                        whyUnknown(figures.utilization())),
                new Usage(
                        figures.usage().orNull(),
                        rules.stages().usageTarget(),
                        figures.dauMean(),
                        rules.usage().dauDays(),
                        figures.dauDays(),
                        rules.usage().dauDaysKnown(),
                        whyUnknown(figures.usage())),
                figures.rollingMau(),
                figures.monthToDate());
    }

    private static @Nullable String whyUnknown(Ratio ratio) {
        return ratio instanceof Ratio.Unknown unknown ? unknown.why() : null;
    }
}
