package dev.stagecoach.outreach.delivery;

import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Trigger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When one person may be written to. What the clock on the wall shows decides, also on the days on which it is put forward or
 * back: an hour that comes twice is quiet twice, and one that is left out is over when the next begins.
 */
public final class SendingTimes {
    /** Waits for the end of quiet hours. */
    public static final String QUIET_HOURS = "quiet-hours";
    /** Waits for the end of a quiet day, a weekend for instance. */
    public static final String QUIET_DAY = "quiet-day";

    private static final int LONGEST_QUIET_DAYS = 8;

    private final SendingRules rules;

    public SendingTimes(SendingRules rules) {
        this.rules = rules;
    }

    /** Why nobody is written to then; empty when people may be. */
    public Optional<String> whyQuiet(Instant time, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        if (rules.quietDays().contains(local.getDayOfWeek())) {
            return Optional.of(QUIET_DAY);
        }
        return isQuiet(local.toLocalTime()) ? Optional.of(QUIET_HOURS) : Optional.empty();
    }

    private boolean isQuiet(LocalTime time) {
        LocalTime from = rules.quietFrom();
        LocalTime until = rules.quietUntil();
        if (from.isBefore(until)) {
            return !time.isBefore(from) && time.isBefore(until);
        }
        return !from.equals(until) && (!time.isBefore(from) || time.isBefore(until));
    }

    /** The first moment, not before the given one, that is not quiet. */
    public Instant notBefore(Instant time, ZoneId zone) {
        if (whyQuiet(time, zone).isEmpty()) {
            return time;
        }
        LocalDate today = time.atZone(zone).toLocalDate();
        return Stream.concat(
                        Stream.ofNullable(zone.getRules().nextTransition(time)).map(ZoneOffsetTransition::getInstant),
                        today.datesUntil(today.plusDays(LONGEST_QUIET_DAYS + 1L))
                                .flatMap(day -> beginnings(day, zone)))
                .filter(moment -> !moment.isBefore(time))
                .filter(moment -> whyQuiet(moment, zone).isEmpty())
                .min(Comparator.naturalOrder())
                .orElseThrow(
                        () -> new IllegalStateException("no time after " + time + " in " + zone + " is not quiet"));
    }

    /** Moments of a day at which quiet can end. */
    private Stream<Instant> beginnings(LocalDate day, ZoneId zone) {
        return Stream.concat(
                Stream.of(day.atStartOfDay(zone).toInstant()), moments(day.atTime(rules.quietUntil()), zone));
    }

    /** None for a time that the zone leaves out, as the moment after the gap is a transition's; two for one that comes twice. */
    private static Stream<Instant> moments(LocalDateTime time, ZoneId zone) {
        return zone.getRules().getValidOffsets(time).stream().map(time::toInstant);
    }

    /**
     * When a mail is sent that is wanted at a time, and why not then.
     *
     * @param sent dates, in the person's zone, of mails that count
     * @param counts whether this mail counts
     */
    Slot slot(Instant wanted, ZoneId zone, List<LocalDate> sent, boolean counts) {
        Instant due = notBefore(wanted, zone);
        String why = whyQuiet(wanted, zone).orElse(null);
        if (!counts) {
            return new Slot(due, why, false);
        }
        boolean capped = false;
        Optional<SendingRules.Cap> broken = broken(sent, dateOf(due, zone));
        while (broken.isPresent()) {
            why = capped ? why : Reasons.FREQUENCY_CAP + ": " + broken.get();
            capped = true;
            due = notBefore(dateOf(due, zone).plusDays(1).atStartOfDay(zone).toInstant(), zone);
            broken = broken(sent, dateOf(due, zone));
        }
        return new Slot(due, why, capped);
    }

    static LocalDate dateOf(Instant time, ZoneId zone) {
        return time.atZone(zone).toLocalDate();
    }

    /** The first cap that one more mail on this date would break, in any stretch of days that the date is in. */
    private Optional<SendingRules.Cap> broken(List<LocalDate> sent, LocalDate date) {
        return rules.caps().stream().filter(cap -> isFull(cap, sent, date)).findFirst();
    }

    private static boolean isFull(SendingRules.Cap cap, List<LocalDate> sent, LocalDate date) {
        return date.minusDays(cap.days() - 1L)
                .datesUntil(date.plusDays(1))
                .anyMatch(first -> sent.stream()
                                .filter(other -> !other.isBefore(first) && other.isBefore(first.plusDays(cap.days())))
                                .count()
                        >= cap.mails());
    }

    /**
     * Until when a mail waits for others. News of a month are news for so long after the month; other mails wait from when they were
     * decided on.
     */
    Instant lastChance(Delivery delivery, Campaign campaign) {
        Instant from = delivery.wantedAt().isAfter(delivery.decidedAt()) ? delivery.wantedAt() : delivery.decidedAt();
        Instant patience = from.plus(rules.waitAtMost());
        if (!(campaign.trigger() instanceof Trigger.MonthClosed)) {
            return patience;
        }
        Instant news = delivery.wantedAt().plus(campaign.horizon());
        return news.isBefore(patience) ? news : patience;
    }

    /**
     * A time for a mail.
     *
     * @param why what it waits for; null when it is due when it is wanted
     * @param capped whether it waits for other mails
     */
    record Slot(Instant due, @Nullable String why, boolean capped) {}
}
