package dev.stagecoach.alerts.account;

import dev.stagecoach.alerts.seats.SeatMarks;
import dev.stagecoach.alerts.usage.TargetMarks;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as alerts-service last heard of it; any part can be missing, since topics are read independently.
 *
 * @param marks what has been told about its seats
 * @param target what has been told about its usage
 * @param nextDue when time alone may raise an alert; null when it cannot
 */
public record Account(
        String id,
        @Nullable Profile profile,
        @Nullable Standing standing,
        @Nullable Measured measured,
        @Nullable Health health,
        SeatMarks marks,
        TargetMarks target,
        Term term,
        @Nullable Instant nextDue) {

    /** One of which nothing is known yet. */
    public static Account unseen(String id) {
        return new Account(id, null, null, null, null, SeatMarks.NONE, TargetMarks.NONE, Term.NONE, null);
    }

    /** Its name; its id as long as nobody has said a name. */
    public String displayName() {
        return profile == null ? id : profile.name();
    }

    /** Whether utilization divides by people who could use the product, there being no seats to count. */
    public boolean countsAddressableUsers() {
        return profile != null && profile.unlimitedSeats();
    }

    /** Whether it is in one of the stages from the close of the contract until churn. */
    public boolean isCustomer() {
        Stage stage = standing == null ? null : standing.stage();
        return stage == Stage.ONBOARDING
                || stage == Stage.ADOPTING
                || stage == Stage.NURTURING
                || stage == Stage.RENEWING;
    }

    /** With newer facts; facts older than the known ones, as a repetition brings them, change nothing. */
    public Account with(AccountFacts facts, Instant at) {
        return profile != null && at.isBefore(profile.at())
                ? this
                : new Account(
                        id,
                        Profile.of(facts, at),
                        standing,
                        measured,
                        health,
                        marks,
                        target,
                        term.with(profile, facts),
                        nextDue);
    }

    /** In another stage; a change older than the known one changes nothing. */
    public Account with(StageChanged change) {
        return isStale(change)
                ? this
                : new Account(id, profile, Standing.of(change), measured, health, marks, target, term, nextDue);
    }

    /** With newer usage, unless {@link #isStale(UsageSummary)}. */
    public Account with(UsageSummary summary) {
        return isStale(summary)
                ? this
                : new Account(id, profile, standing, Measured.of(summary), health, marks, target, term, nextDue);
    }

    /** With another health; a change older than the known one changes nothing. */
    public Account with(HealthChanged change) {
        return health != null && change.at().isBefore(health.at())
                ? this
                : new Account(id, profile, standing, measured, Health.of(change), marks, target, term, nextDue);
    }

    public Account with(SeatMarks newMarks) {
        return new Account(id, profile, standing, measured, health, newMarks, target, term, nextDue);
    }

    public Account with(TargetMarks newTarget) {
        return new Account(id, profile, standing, measured, health, marks, newTarget, term, nextDue);
    }

    public Account with(Term newTerm) {
        return new Account(id, profile, standing, measured, health, marks, target, newTerm, nextDue);
    }

    public Account dueAt(@Nullable Instant due) {
        return new Account(id, profile, standing, measured, health, marks, target, term, due);
    }

    /** Whether a later change of stage has been seen. */
    public boolean isStale(StageChanged change) {
        return standing != null && change.at().isBefore(standing.since());
    }

    /** Whether a newer summary has been seen. */
    public boolean isStale(UsageSummary summary) {
        return measured != null && summary.asOf().isBefore(measured.asOf());
    }
}
