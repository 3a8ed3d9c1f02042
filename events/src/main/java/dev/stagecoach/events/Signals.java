package dev.stagecoach.events;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What people and other systems say about the relationship with an account, each with its date and author. Null is unknown.
 *
 * @param defectTickets90Days tickets about defects in the 90 days up to {@code asOf}
 * @param helpTickets90Days tickets that ask for help in the same days
 * @param pulse the technical advisor's own rating
 * @param championActive whether someone at the account promotes the product
 * @param buyerAccess whether the team can talk to whoever decides on the purchase
 * @param lastContactOn the day of the last conversation with the account
 */
public record Signals(
        @Nullable Signal<Integer> defectTickets90Days,
        @Nullable Signal<Integer> helpTickets90Days,
        @Nullable Signal<Pulse> pulse,
        @Nullable Signal<Boolean> championActive,
        @Nullable Signal<Boolean> buyerAccess,
        @Nullable Signal<LocalDate> lastContactOn) {
    public static final Signals NONE = new Signals(null, null, null, null, null, null);

    public Signals {
        Checks.notNegative("signals.defectTickets90Days.value", valueOf(defectTickets90Days));
        Checks.notNegative("signals.helpTickets90Days.value", valueOf(helpTickets90Days));
    }

    private static <T> @Nullable T valueOf(@Nullable Signal<T> signal) {
        return signal == null ? null : signal.value();
    }
}
