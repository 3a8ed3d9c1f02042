package dev.stagecoach.lifecycle.explain;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.health.Assessment;
import dev.stagecoach.lifecycle.health.HealthMiss;
import dev.stagecoach.lifecycle.health.HealthRules;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Explains the health of an account. Pure; has the rules assess again, and takes them through the days on which time can change a
 * signal or the stage.
 */
public final class ExplainHealth {
    private final Rules rules;
    private final AccountFacts facts;
    private final UsageFigures figures;
    private final List<String> versions;
    private final StagesAhead stages;
    private LocalDate today;

    private ExplainHealth(
            Rules rules,
            AccountFacts facts,
            UsageFigures figures,
            List<String> versions,
            Journey journey,
            LocalDate today) {
        this.rules = rules;
        this.facts = facts;
        this.figures = figures;
        this.versions = versions;
        this.stages = StagesAhead.from(rules.stages(), facts, figures, journey, today);
        this.today = today;
    }

    /**
     * Why an account is as healthy as it is.
     *
     * @param versions what the production instances run that still ping
     * @param journey as it was left by the last decision
     * @param now the last tick
     */
    public static WhyHealth of(
            Policy policy,
            AccountFacts facts,
            UsageFigures figures,
            List<String> versions,
            Journey journey,
            Instant now) {
        LocalDate today = LocalDate.ofInstant(now, UTC);
        return new ExplainHealth(policy.of(facts.segment()), facts, figures, versions, journey, today)
                .why(journey.health());
    }

    private WhyHealth why(HealthStanding before) {
        Assessment assessed = assess();
        HealthStanding standing = before.assessed(assessed, today);
        HealthMiss miss = nearestMiss(assessed);
        return new WhyHealth(
                standing.level(),
                assessed.score(),
                standing.since(),
                today,
                assessed.equation(),
                assessed.categories(),
                standing.reasons(),
                miss,
                next(standing).orElse(null));
    }

    private Assessment assess() {
        return HealthRules.assess(rules.health(), facts, stages.standing(), stages.stage(), figures, versions, today);
    }

    private @Nullable HealthMiss nearestMiss(Assessment assessed) {
        Stage stage = stages.stage();
        return stage == null || assessed.equation() == null
                ? null
                : HealthRules.nearestMiss(rules.health(), facts.segment(), stage, assessed)
                        .orElse(null);
    }

    private Optional<HealthAhead> next(HealthStanding now) {
        for (Optional<LocalDate> day = nextDay(); day.isPresent(); day = nextDay()) {
            today = day.get();
            stages.liveUpTo(today);
            HealthStanding then = now.assessed(assess(), today);
            if (then.level() != now.level()) {
                return Optional.of(new HealthAhead(today, now.level(), then.level(), then.reasons()));
            }
        }
        return Optional.empty();
    }

    private Optional<LocalDate> nextDay() {
        return Stream.concat(HealthRules.daysThatMatter(rules.health(), facts, today), stages.nextDay().stream())
                .min(LocalDate::compareTo);
    }
}
