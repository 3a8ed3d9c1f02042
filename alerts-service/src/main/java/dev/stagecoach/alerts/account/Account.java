package dev.stagecoach.alerts.account;

import dev.stagecoach.alerts.seats.SeatMarks;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as alerts-service last heard of it; any part can be missing, since topics are read independently.
 *
 * @param marks what has been told about its seats
 */
public record Account(
        String id,
        @Nullable Profile profile,
        @Nullable Standing standing,
        @Nullable Measured measured,
        SeatMarks marks) {

    /** One of which nothing is known yet. */
    public static Account unseen(String id) {
        return new Account(id, null, null, null, SeatMarks.NONE);
    }

    /** Its name; its id as long as nobody has said a name. */
    public String displayName() {
        return profile == null ? id : profile.name();
    }

    /** Whether utilization divides by people who could use the product, there being no seats to count. */
    public boolean countsAddressableUsers() {
        return profile != null && profile.unlimitedSeats();
    }

    /** With newer facts; facts older than the known ones, as a repetition brings them, change nothing. */
    public Account with(AccountFacts facts, Instant at) {
        return profile != null && at.isBefore(profile.at())
                ? this
                : new Account(id, Profile.of(facts, at), standing, measured, marks);
    }

    /** In another stage; a change older than the known one changes nothing. */
    public Account with(StageChanged change) {
        return standing != null && change.at().isBefore(standing.since())
                ? this
                : new Account(id, profile, Standing.of(change), measured, marks);
    }

    /** With newer usage, unless {@link #isStale(UsageSummary)}. */
    public Account with(UsageSummary summary) {
        return isStale(summary) ? this : new Account(id, profile, standing, Measured.of(summary), marks);
    }

    public Account with(SeatMarks newMarks) {
        return new Account(id, profile, standing, measured, newMarks);
    }

    /** Whether a newer summary has been seen. */
    public boolean isStale(UsageSummary summary) {
        return measured != null && summary.asOf().isBefore(measured.asOf());
    }
}
