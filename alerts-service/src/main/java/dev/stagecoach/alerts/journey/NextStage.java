package dev.stagecoach.alerts.journey;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the next stage takes ({@code docs/rules.md}, stages).
 *
 * @param name of the next stage, or of those that are possible
 */
public record NextStage(String name, List<Clause> clauses) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    public static NextStage after(
            @Nullable Stage stage, Optional<AccountFacts> facts, Figures figures, Limits limits, LocalDate today) {
        if (stage == null) {
            return new NextStage("Prospect", List.of(closeNear(facts, limits, today)));
        }
        return switch (stage) {
            case PROSPECT, CHURNED -> new NextStage("Onboarding", List.of(contract(stage, facts, today)));
            case ONBOARDING -> afterOnboarding(facts, figures, limits, today);
            case ADOPTING -> new NextStage("Nurturing", targets(figures, limits));
            case NURTURING ->
                new NextStage("Renewing", joined(renewalNear(facts, limits, today), targets(figures, limits)));
            case RENEWING ->
                new NextStage("Nurturing or Adopting", joined(renewed(facts, limits, today), targets(figures, limits)));
        };
    }

    private static NextStage afterOnboarding(
            Optional<AccountFacts> facts, Figures figures, Limits limits, LocalDate today) {
        Clause over = onboardingOver(facts, limits, today);
        return facts.filter(one -> renewsSoonAfterOnboarding(one, limits)).isPresent()
                ? new NextStage("Renewing", List.of(over, renewalNear(facts, limits, today)))
                : new NextStage("Nurturing or Adopting", joined(over, targets(figures, limits)));
    }

    /** Whether the renewal date is near when Onboarding ends: Renewing wins over what usage says. */
    private static boolean renewsSoonAfterOnboarding(AccountFacts facts, Limits limits) {
        LocalDate closedOn = facts.contractClosedOn();
        LocalDate renewsOn = facts.renewsOn();
        if (closedOn == null || renewsOn == null) {
            return false;
        }
        Optional<LocalDate> over = limits.onboardingDays().map(closedOn::plusDays);
        Optional<LocalDate> near = limits.renewingDays().map(renewsOn::minusDays);
        return over.isPresent() && near.isPresent() && !near.get().isAfter(over.get());
    }

    private static List<Clause> joined(Clause first, List<Clause> others) {
        List<Clause> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return List.copyOf(all);
    }

    private static Clause closeNear(Optional<AccountFacts> facts, Limits limits, LocalDate today) {
        String target = limits.prospectDays()
                .map(days -> "at most " + days + " days away")
                .orElse("near");
        return facts.map(AccountFacts::expectedCloseOn)
                .map(close -> {
                    long days = DAYS.between(today, close);
                    Optional<Long> missing = limits.prospectDays().map(most -> days - most);
                    return new Clause(
                            "Expected close",
                            daysAway(days),
                            target,
                            missing.map(more -> more <= 0).orElse(null),
                            missing.filter(more -> more > 0)
                                    .map(more -> "needs " + counted(more, "more day"))
                                    .orElse(null));
                })
                .orElseGet(() -> new Clause(
                        "Expected close",
                        "not entered",
                        target,
                        null,
                        "needs the date on which the deal should close"));
    }

    private static Clause contract(Stage stage, Optional<AccountFacts> facts, LocalDate today) {
        String target = stage == Stage.CHURNED ? "a new one, closed after the churn" : "closed";
        LocalDate closedOn = facts.map(AccountFacts::contractClosedOn).orElse(null);
        if (closedOn == null) {
            return new Clause("Contract", "not closed", target, false, "needs the date on which the contract closed");
        }
        boolean isAhead = closedOn.isAfter(today);
        String value = (isAhead ? "closes on " : "closed on ") + DATE.format(closedOn);
        if (isAhead) {
            return new Clause("Contract", value, target, false, "needs " + more(today, closedOn));
        }
        return stage == Stage.CHURNED
                ? new Clause("Contract", value, target, false, "needs a new contract, closed after the churn")
                : new Clause("Contract", value, target, true, null);
    }

    private static Clause onboardingOver(Optional<AccountFacts> facts, Limits limits, LocalDate today) {
        LocalDate closedOn = facts.map(AccountFacts::contractClosedOn).orElse(null);
        Integer length = limits.onboardingDays().orElse(null);
        if (closedOn == null || length == null) {
            return new Clause("Day", "unknown", "the end of Onboarding", null, "needs the date of the contract");
        }
        long day = DAYS.between(closedOn, today);
        boolean isOver = day >= length;
        String missing = isOver ? null : "needs " + more(today, closedOn.plusDays(length));
        return new Clause("Day since the close", "day " + day, "day " + length, isOver, missing);
    }

    private static Clause renewalNear(Optional<AccountFacts> facts, Limits limits, LocalDate today) {
        LocalDate renewsOn = facts.map(AccountFacts::renewsOn).orElse(null);
        Integer most = limits.renewingDays().orElse(null);
        if (renewsOn == null || most == null) {
            return new Clause("Renewal", "not entered", "near", null, "needs a renewal date");
        }
        long days = DAYS.between(today, renewsOn);
        String missing = days <= most ? null : "needs " + more(today, renewsOn.minusDays(most));
        return new Clause("Renewal", daysAway(days), "at most " + most + " days away", days <= most, missing);
    }

    private static Clause renewed(Optional<AccountFacts> facts, Limits limits, LocalDate today) {
        LocalDate renewsOn = facts.map(AccountFacts::renewsOn).orElse(null);
        Integer most = limits.renewingDays().orElse(null);
        if (renewsOn == null || most == null) {
            return new Clause("Renewed", "no renewal date", "a later renewal date", null, "needs a renewal date");
        }
        long days = DAYS.between(today, renewsOn);
        return new Clause(
                "Renewed",
                "renews " + daysAway(days),
                "more than " + most + " days away",
                days > most,
                days > most ? null : "needs a renewal date more than " + most + " days away");
    }

    private static List<Clause> targets(Figures figures, Limits limits) {
        List<Clause> clauses = new ArrayList<>();
        limits.utilization().ifPresent(target -> clauses.add(utilization(figures, target)));
        limits.usage().ifPresent(target -> clauses.add(usage(figures, target)));
        return clauses;
    }

    private static Clause utilization(Figures figures, double target) {
        String name = "Utilization: monthly users of seats";
        Double utilization = figures.utilization();
        if (utilization == null) {
            return new Clause(
                    name, "unknown", "≥ " + exact(target), null, "needs a known utilization: " + whyNoMonth(figures));
        }
        String value = percent(utilization) + " (" + figures.mau() + " of " + figures.seats() + ")";
        boolean isMet = utilization >= target;
        return new Clause(name, value, "≥ " + exact(target), isMet, isMet ? null : missingUsers(figures, target));
    }

    private static @Nullable String missingUsers(Figures figures, double target) {
        if (figures.mau() == null || figures.seats() == null) {
            return null;
        }
        long needed = leastAtTarget(figures.seats(), target);
        return "needs " + counted(needed - figures.mau(), "more active user") + " for " + exact(target);
    }

    /** The smallest number of users whose share of the seats is at least the target, by the division that decides. */
    private static long leastAtTarget(int seats, double target) {
        long users = (long) Math.floor(target * seats);
        while ((double) users / seats < target) {
            users++;
        }
        return users;
    }

    private static Clause usage(Figures figures, double target) {
        String name = "Usage: daily of monthly users";
        Double usage = figures.usage();
        if (usage == null) {
            return new Clause(
                    name, "unknown", "≥ " + exact(target), null, "needs a known usage: " + whyNoUsage(figures));
        }
        String value = percent(usage)
                + (figures.dauMean() == null
                        ? ""
                        : " (" + BigDecimal.valueOf(figures.dauMean()).setScale(1, RoundingMode.FLOOR) + " of "
                                + figures.mau() + ")");
        boolean isMet = usage >= target;
        return new Clause(name, value, "≥ " + exact(target), isMet, isMet ? null : missingDaily(figures, target));
    }

    private static @Nullable String missingDaily(Figures figures, double target) {
        if (figures.mau() == null || figures.dauMean() == null) {
            return null;
        }
        // Up: a little too few would not do.
        double missing = Math.ceil((target * figures.mau() - figures.dauMean()) * 10) / 10;
        return String.format(
                Locale.ROOT, "needs %.1f more users on a mean day for %s", Math.max(missing, 0.1), exact(target));
    }

    private static String whyNoMonth(Figures figures) {
        return figures.seats() == null ? "no seats are entered" : "no closed month is known yet";
    }

    private static String whyNoUsage(Figures figures) {
        return figures.mau() == null ? "no closed month is known yet" : "too few of the last 28 days are known";
    }

    private static String more(LocalDate today, LocalDate day) {
        return counted(DAYS.between(today, day), "more day") + ", until " + DATE.format(day);
    }

    private static String daysAway(long days) {
        if (days == 0) {
            return "today";
        }
        return days > 0 ? "in " + counted(days, "day") : counted(-days, "day") + " ago";
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** A target as the policy has it. */
    private static String exact(double fraction) {
        return BigDecimal.valueOf(fraction)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    /** Rounded down: what is below a target does not read as if it met it. */
    private static String percent(double fraction) {
        return BigDecimal.valueOf(fraction).movePointRight(2).setScale(0, RoundingMode.FLOOR) + " %";
    }
}
