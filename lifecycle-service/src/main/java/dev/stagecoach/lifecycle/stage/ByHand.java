package dev.stagecoach.lifecycle.stage;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Input;
import dev.stagecoach.events.StageByHand;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A stage that a person set holds until its date, whatever the rules say meanwhile ({@code docs/rules.md}, stages). */
public final class ByHand {
    private ByHand() {}

    /** The stage that a person set, while it holds. */
    public static Optional<StageByHand> inForce(AccountFacts facts, LocalDate today) {
        return Optional.ofNullable(facts.stageByHand()).filter(byHand -> !today.isAfter(byHand.until()));
    }

    /** What everyone sees on a day: the stage set by hand while it holds, else that of the rules. */
    public static StageVerdict over(StageVerdict byRule, AccountFacts facts, LocalDate today) {
        return inForce(facts, today).map(ByHand::verdict).orElse(byRule);
    }

    private static StageVerdict verdict(StageByHand byHand) {
        List<Input> inputs = List.of(
                new Input("author", byHand.author(), null),
                new Input("reason", byHand.reason(), null),
                new Input("until", byHand.until().toString(), null));
        List<TriedClause> tried = List.of(new TriedClause(Clause.SET_BY_HAND, true, null));
        return new StageVerdict(byHand.stage(), Clause.SET_BY_HAND, inputs, null, tried);
    }
}
