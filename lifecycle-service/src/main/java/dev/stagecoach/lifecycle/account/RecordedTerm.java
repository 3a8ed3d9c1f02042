package dev.stagecoach.lifecycle.account;

import dev.stagecoach.events.AccountFacts;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people recorded about the term of a contract ({@code docs/rules.md}, what people do). A system that tells accounts learns of
 * it later, if at all: until it tells a date at least as late, what was recorded holds.
 *
 * @param renewsOn up to when the contract was renewed; null when no renewal is recorded
 * @param seats what that renewal changed the seats to; null when it left them as they were
 * @param extendedUntil null when no extension is recorded
 */
public record RecordedTerm(
        @Nullable LocalDate renewsOn,
        @Nullable Integer seats,
        @Nullable LocalDate extendedUntil) {
    public static final RecordedTerm NOTHING = new RecordedTerm(null, null, null);

    /** What is recorded once a person has changed the facts. */
    public RecordedTerm after(Act.Kind act, AccountFacts before, AccountFacts changed) {
        return switch (act) {
            case RENEWAL ->
                new RecordedTerm(
                        changed.renewsOn(),
                        Objects.equals(before.seats(), changed.seats()) ? seats : changed.seats(),
                        null);
            case EXTENSION -> new RecordedTerm(renewsOn, seats, changed.extendedUntil());
            default -> this;
        };
    }

    /**
     * What is left of it once facts were told.
     *
     * @param before the facts until then
     * @param longestExtensionDays how far an extension may move the end of the term
     */
    public RecordedTerm afterTold(AccountFacts told, AccountFacts before, int longestExtensionDays) {
        if (isWonBack(told, before.churnedOn())) {
            return NOTHING;
        }
        boolean isRenewalKept = renewsOn != null && !isReached(renewsOn, told.renewsOn(), told.contractClosedOn());
        LocalDate termEnd = isRenewalKept ? renewsOn : told.renewsOn();
        return new RecordedTerm(
                isRenewalKept ? renewsOn : null,
                isRenewalKept ? seats : null,
                isExtensionKept(isRenewalKept ? null : told.extendedUntil(), termEnd, longestExtensionDays)
                        ? extendedUntil
                        : null);
    }

    /** Whether a contract was told that closed after a churn: a new one, of which nothing has been recorded. */
    public static boolean isWonBack(AccountFacts told, @Nullable LocalDate churnedOn) {
        LocalDate closedOn = told.contractClosedOn();
        return churnedOn != null && closedOn != null && closedOn.isAfter(churnedOn);
    }

    private boolean isExtensionKept(@Nullable LocalDate told, @Nullable LocalDate termEnd, int longestExtensionDays) {
        return extendedUntil != null
                && termEnd != null
                && !isReached(extendedUntil, told, termEnd)
                && !extendedUntil.isAfter(termEnd.plusDays(longestExtensionDays));
    }

    private static boolean isReached(LocalDate recorded, @Nullable LocalDate... told) {
        for (LocalDate date : told) {
            if (date != null && !date.isBefore(recorded)) {
                return true;
            }
        }
        return false;
    }

    /** Facts as they were told, but with what is recorded here. */
    public AccountFacts in(AccountFacts told) {
        if (renewsOn != null) {
            // An extension that was told is one of the term before.
            return told.withTerm(
                    told.unlimitedSeats() || seats == null ? told.seats() : seats, renewsOn, extendedUntil);
        }
        LocalDate termEnd = told.renewsOn();
        return extendedUntil == null || termEnd == null ? told : told.withTerm(told.seats(), termEnd, extendedUntil);
    }
}
