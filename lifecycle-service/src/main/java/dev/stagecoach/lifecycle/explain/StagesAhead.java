package dev.stagecoach.lifecycle.explain;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.stage.ByHand;
import dev.stagecoach.lifecycle.stage.StageRules;
import dev.stagecoach.lifecycle.stage.StageVerdict;
import dev.stagecoach.lifecycle.stage.Standing;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stages that an account will enter if its facts and its usage stay as they are. The days on which time can change a stage are
 * lived through one after the other, by the rules that decide.
 */
public final class StagesAhead {
    private final StagePolicy policy;
    private final AccountFacts facts;
    private final UsageFigures figures;
    private Standing standing;
    private @Nullable Stage stage;
    private LocalDate today;

    private StagesAhead(
            StagePolicy policy, AccountFacts facts, UsageFigures figures, Journey journey, LocalDate today) {
        this.policy = policy;
        this.facts = facts;
        this.figures = figures;
        this.standing = journey.standing();
        this.stage = journey.stage();
        this.today = today;
    }

    /** At the end of today, as the rules decide it again. */
    static StagesAhead from(
            StagePolicy policy, AccountFacts facts, UsageFigures figures, Journey journey, LocalDate today) {
        StagesAhead ahead = new StagesAhead(policy, facts, figures, journey, today);
        ahead.live(today);
        return ahead;
    }

    /** The changes after today, up to and including the last day, in order. */
    public static List<StageAhead> until(
            LocalDate lastDay,
            StagePolicy policy,
            AccountFacts facts,
            UsageFigures figures,
            Journey journey,
            LocalDate today) {
        StagesAhead ahead = new StagesAhead(policy, facts, figures, journey, today);
        List<StageAhead> changes = new ArrayList<>();
        Optional<StageAhead> change = ahead.next(lastDay);
        while (change.isPresent()) {
            changes.add(change.get());
            change = ahead.next(lastDay);
        }
        return List.copyOf(changes);
    }

    /** The next change after today; empty when time alone never brings one. */
    public static Optional<StageAhead> next(
            StagePolicy policy, AccountFacts facts, UsageFigures figures, Journey journey, LocalDate today) {
        return new StagesAhead(policy, facts, figures, journey, today).next(LocalDate.MAX);
    }

    /** Whether there is a day after today, up to and including the last, on which time can change the stage. */
    public static boolean mayChange(
            LocalDate lastDay, StagePolicy policy, AccountFacts facts, Journey journey, LocalDate today) {
        return StageRules.daysThatMatter(policy, facts, journey.standing())
                .anyMatch(day -> day.isAfter(today) && !day.isAfter(lastDay));
    }

    /** Where the account stands by the rules. */
    Standing standing() {
        return standing;
    }

    /** The stage that everyone sees. */
    @Nullable Stage stage() {
        return stage;
    }

    /** The next day on which time can change the stage. */
    Optional<LocalDate> nextDay() {
        return nextDay(LocalDate.MAX);
    }

    /** Goes to the end of a later day. */
    void liveUpTo(LocalDate lastDay) {
        for (Optional<LocalDate> day = nextDay(lastDay); day.isPresent(); day = nextDay(lastDay)) {
            live(day.get());
        }
        today = lastDay;
    }

    private Optional<StageAhead> next(LocalDate lastDay) {
        for (Optional<LocalDate> day = nextDay(lastDay); day.isPresent(); day = nextDay(lastDay)) {
            Optional<StageAhead> change = live(day.get());
            if (change.isPresent()) {
                return change;
            }
        }
        return Optional.empty();
    }

    private Optional<LocalDate> nextDay(LocalDate lastDay) {
        return StageRules.daysThatMatter(policy, facts, standing)
                .filter(day -> day.isAfter(today) && !day.isAfter(lastDay))
                .min(LocalDate::compareTo);
    }

    private Optional<StageAhead> live(LocalDate day) {
        today = day;
        StageVerdict byRule = StageRules.verdict(policy, facts, figures, standing, today);
        standing = standing.after(byRule, facts, today);
        StageVerdict effective = ByHand.over(byRule, facts, today);
        Stage before = stage;
        stage = effective.stage();
        return stage == before
                ? Optional.empty()
                : Optional.of(
                        new StageAhead(day, before, stage, effective.clause().wireName()));
    }
}
