package dev.stagecoach.alerts.account;

import dev.stagecoach.events.AccountFacts;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The term of the contract that runs, as far as low utilization is told once in it.
 *
 * @param startedOn its first day: the close of the contract, or the day on which the term before it ended
 * @param lowToldFor the start of the term in which low utilization was told
 * @param lowLookedFor the start of the term for which time alone has been looked at
 */
public record Term(
        @Nullable LocalDate startedOn,
        @Nullable LocalDate lowToldFor,
        @Nullable LocalDate lowLookedFor) {
    /** Before anything is known. */
    public static final Term NONE = new Term(null, null, null);

    /** The longest that an approved extension moves the end of a term; a renewal moves it further. */
    private static final int LONGEST_EXTENSION_DAYS = 30;

    Term with(@Nullable Profile before, AccountFacts facts) {
        LocalDate closedOn = facts.contractClosedOn();
        if (closedOn == null) {
            return new Term(null, lowToldFor, lowLookedFor);
        }
        if (startedOn == null || before == null || !closedOn.equals(before.closedOn())) {
            return startingOn(closedOn);
        }
        return before.renewsOn() != null && isRenewed(before.renewsOn(), facts.renewsOn())
                ? startingOn(before.renewsOn())
                : this;
    }

    private static boolean isRenewed(LocalDate before, @Nullable LocalDate after) {
        return after != null && ChronoUnit.DAYS.between(before, after) > LONGEST_EXTENSION_DAYS;
    }

    private Term startingOn(LocalDate day) {
        return new Term(day, lowToldFor, lowLookedFor);
    }

    /** Whether low utilization was told in this term. */
    public boolean isLowTold() {
        return startedOn != null && startedOn.equals(lowToldFor);
    }

    /** Whether time alone has nothing more to say in this term. */
    public boolean isLookedAt() {
        return startedOn == null || startedOn.equals(lowLookedFor) || isLowTold();
    }

    public Term lowTold() {
        return new Term(startedOn, startedOn, lowLookedFor);
    }

    public Term lookedAt() {
        return new Term(startedOn, lowToldFor, startedOn);
    }

    /** The day of the term on a date; the first is 0. Null when there is no contract. */
    public @Nullable Long dayOn(LocalDate date) {
        return startedOn == null ? null : ChronoUnit.DAYS.between(startedOn, date);
    }
}
