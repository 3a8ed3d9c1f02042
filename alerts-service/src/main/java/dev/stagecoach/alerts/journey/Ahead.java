package dev.stagecoach.alerts.journey;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What time alone will do to a stage, if facts and usage stay as they are.
 *
 * @param to the stage, where it does not depend on usage
 */
public record Ahead(LocalDate on, @Nullable Stage to, String what) {
    /** In order of time; days that have passed are left out. */
    public static List<Ahead> of(AccountFacts facts, Limits limits, @Nullable Stage stage, LocalDate today) {
        List<Ahead> ahead = new ArrayList<>();
        if (facts.stageByHand() != null) {
            ahead.add(new Ahead(
                    facts.stageByHand().until().plusDays(1),
                    null,
                    "The stage set by hand ends; the rules decide again"));
        }
        LocalDate closedOn = facts.contractClosedOn();
        if (closedOn == null || closedOn.isAfter(today)) {
            ahead.addAll(beforeTheContract(facts, limits, stage));
        } else if (stage != Stage.CHURNED) {
            ahead.addAll(underContract(facts, limits, stage, closedOn));
        }
        return ahead.stream()
                .filter(one -> one.on().isAfter(today))
                .sorted(Comparator.comparing(Ahead::on))
                .toList();
    }

    private static List<Ahead> beforeTheContract(AccountFacts facts, Limits limits, @Nullable Stage stage) {
        List<Ahead> ahead = new ArrayList<>();
        LocalDate expected = facts.expectedCloseOn();
        if (expected != null && stage == null) {
            limits.prospectDays()
                    .ifPresent(days -> ahead.add(new Ahead(
                            expected.minusDays(days), Stage.PROSPECT, "Prospect, as the expected close is near")));
        }
        if (facts.contractClosedOn() != null) {
            ahead.add(new Ahead(facts.contractClosedOn(), Stage.ONBOARDING, "Onboarding, as the contract closes"));
        }
        return ahead;
    }

    private static List<Ahead> underContract(
            AccountFacts facts, Limits limits, @Nullable Stage stage, LocalDate closedOn) {
        List<Ahead> ahead = new ArrayList<>();
        if (facts.churnedOn() != null) {
            ahead.add(new Ahead(facts.churnedOn(), Stage.CHURNED, "Churned, as was recorded"));
        }
        Optional<LocalDate> onboarded =
                stage == Stage.ONBOARDING ? limits.onboardingDays().map(closedOn::plusDays) : Optional.empty();
        LocalDate renewsOn = facts.renewsOn();
        // Onboarding lasts, whatever the renewal date; after it Renewing wins over what usage says.
        Optional<LocalDate> renewing = limits.renewingDays()
                .flatMap(days -> Optional.ofNullable(renewsOn).map(day -> day.minusDays(days)))
                .map(day -> onboarded.filter(day::isBefore).orElse(day));
        onboarded
                .filter(day -> !renewing.equals(Optional.of(day)))
                .ifPresent(day -> ahead.add(
                        new Ahead(day, null, "Onboarding ends: Nurturing if both targets are met, else Adopting")));
        renewing.ifPresent(day -> ahead.add(new Ahead(day, Stage.RENEWING, "Renewing, as the renewal date is near")));
        if (renewsOn != null) {
            ahead.add(termEnd(renewsOn, facts.extendedUntil()));
        }
        return ahead;
    }

    private static Ahead termEnd(LocalDate renewsOn, @Nullable LocalDate extendedUntil) {
        return extendedUntil != null && extendedUntil.isAfter(renewsOn)
                ? new Ahead(
                        extendedUntil.plusDays(1),
                        Stage.CHURNED,
                        "Churned, unless it is renewed; earlier, if the policy allows no such extension")
                : new Ahead(renewsOn.plusDays(1), Stage.CHURNED, "Churned, unless it is renewed");
    }
}
