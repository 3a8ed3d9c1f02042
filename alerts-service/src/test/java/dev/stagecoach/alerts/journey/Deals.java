package dev.stagecoach.alerts.journey;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.StageByHand;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts by how far their deal is, and the numbers of docs/rules.md, stages. */
final class Deals {
    static final LocalDate TODAY = LocalDate.of(2025, 3, 14);
    static final Limits LIMITS =
            new Limits(Optional.of(45), Optional.of(60), Optional.of(120), Optional.of(0.8), Optional.of(0.3));

    private Deals() {}

    static AccountFacts expectedToClose(LocalDate on) {
        return facts(on, null, null, null, null);
    }

    static AccountFacts closed(LocalDate on, LocalDate renewsOn) {
        return facts(null, on, renewsOn, null, null);
    }

    static AccountFacts extended(LocalDate closedOn, LocalDate renewsOn, LocalDate until) {
        return facts(null, closedOn, renewsOn, until, null);
    }

    static AccountFacts withStageByHand(AccountFacts facts, StageByHand stage) {
        return facts(facts.expectedCloseOn(), facts.contractClosedOn(), facts.renewsOn(), facts.extendedUntil(), stage);
    }

    private static AccountFacts facts(
            @Nullable LocalDate expectedCloseOn,
            @Nullable LocalDate closedOn,
            @Nullable LocalDate renewsOn,
            @Nullable LocalDate extendedUntil,
            @Nullable StageByHand stage) {
        return new AccountFacts(
                "acme",
                "Acme",
                Segment.DIGITAL,
                List.of(Product.CODE_SEARCH),
                250,
                false,
                null,
                expectedCloseOn,
                closedOn,
                renewsOn,
                extendedUntil,
                ZoneOffset.UTC,
                Owners.NONE,
                List.of(),
                stage);
    }
}
