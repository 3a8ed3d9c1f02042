package dev.stagecoach.lifecycle.explain;

import dev.stagecoach.events.Input;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an account is in its stage, as of the last tick.
 *
 * @param stage null before Prospect
 * @param since the day on which it began; null when there is no stage
 * @param clause the clause that holds now
 * @param byHand what a person set, while it holds; null when nobody did
 * @param inputs everything the rules look at, with its value and what it is compared with
 * @param clauses the clauses of the rules in the order in which they are looked at; the last one holds
 * @param nearestMiss the clause that came closest to deciding otherwise
 * @param next the next stage that time alone will bring if nothing else changes; null when it never will
 * @param policyVersion the policy by which this was worked out
 * @param asOf the last tick
 */
public record Why(
        String account,
        @Nullable Stage stage,
        @Nullable LocalDate since,
        String clause,
        @Nullable SetByHand byHand,
        List<Input> inputs,
        List<LookedAt> clauses,
        @Nullable NearestMiss nearestMiss,
        @Nullable StageAhead next,
        Metrics metrics,
        String policyVersion,
        Instant asOf) {

    /**
     * A stage that a person set.
     *
     * @param until the last day on which it holds
     * @param ruleStage what the rules say meanwhile; null when they give no stage
     * @param ruleClause the clause that says so
     */
    public record SetByHand(
            Stage stage,
            String author,
            String reason,
            LocalDate until,
            @Nullable Stage ruleStage,
            String ruleClause) {}

    /**
     * A clause.
     *
     * @param needs what would make it hold; null when it does
     */
    public record LookedAt(
            String clause, boolean holds, @Nullable String needs) {}

    /**
     * The usage that decides.
     *
     * @param source whose counts decide, {@code ping} or {@code event}; null when there are none
     * @param definition which month monthly active users are of
     * @param month that month; null under the rolling definition
     * @param rollingMau users of the last 30 days, whichever definition decides
     */
    public record Metrics(
            @Nullable String source,
            String definition,
            @Nullable YearMonth month,
            Utilization utilization,
            Usage usage,
            @Nullable Integer rollingMau,
            @Nullable Integer monthToDate) {}

    /**
     * Monthly active users / seats.
     *
     * @param value a fraction; null when unknown
     * @param whyUnknown null when it is known
     */
    public record Utilization(
            @Nullable Double value,
            double target,
            @Nullable Integer mau,
            @Nullable Integer seats,
            @Nullable String whyUnknown) {}

    /**
     * Mean daily users / monthly active users.
     *
     * @param value a fraction; null when unknown
     * @param windowDays how many days the mean looks back
     * @param knownDays of how many of them the count is known
     * @param neededDays how many known days it takes
     * @param whyUnknown null when it is known
     */
    public record Usage(
            @Nullable Double value,
            double target,
            @Nullable Double dauMean,
            int windowDays,
            int knownDays,
            int neededDays,
            @Nullable String whyUnknown) {}
}
