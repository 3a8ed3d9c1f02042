package dev.stagecoach.alerts.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;

/**
 * The weekly digest of each owner of accounts.
 *
 * @param zone of owners that have none of their own
 * @param zones of owners by name
 * @param nearPeople an account is near a threshold when so many people are missing, or fewer
 * @param renewalDays how far ahead renewals are listed
 */
public record DigestPolicy(
        boolean on,
        DayOfWeek day,
        LocalTime time,
        ZoneId zone,
        Map<String, ZoneId> zones,
        int nearPeople,
        int renewalDays) {
    /** No digests. */
    public static final DigestPolicy OFF =
            new DigestPolicy(false, DayOfWeek.MONDAY, LocalTime.MIN, ZoneOffset.UTC, Map.of(), 0, 0);

    public DigestPolicy {
        zones = Map.copyOf(zones);
    }

    /** When a digest of an owner is due next, strictly after an instant. */
    public Instant dueAfter(Instant instant, String owner) {
        ZonedDateTime local = instant.atZone(zoneOf(owner));
        ZonedDateTime due = local.with(TemporalAdjusters.nextOrSame(day)).with(time);
        return due.toInstant().isAfter(instant)
                ? due.toInstant()
                : local.with(TemporalAdjusters.next(day)).with(time).toInstant();
    }

    /** The date, for the owner, of the digest that is due at an instant. */
    public LocalDate dateOf(Instant due, String owner) {
        return due.atZone(zoneOf(owner)).toLocalDate();
    }

    private ZoneId zoneOf(String owner) {
        return zones.getOrDefault(owner, zone);
    }
}
