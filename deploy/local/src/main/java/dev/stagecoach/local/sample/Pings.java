package dev.stagecoach.local.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The pings that arrive on a day, with what networks do to them: some twice, some out of order, some late. */
final class Pings {

    private static final LocalTime MORNING = LocalTime.of(9, 0);
    private static final LocalTime AFTERNOON = LocalTime.of(16, 30);
    /** The longest that a ping of the sample is under way. */
    private static final int MOST_DAYS_LATE = 3;

    private static final String VERSION = "5.9.0";

    private Pings() {}

    static List<Request> arrivingOn(LocalDate date, Company company) {
        var requests = new ArrayList<Request>();
        for (var source : company.pings()) {
            for (int daysAgo = 0; daysAgo <= MOST_DAYS_LATE; daysAgo++) {
                var day = date.minusDays(daysAgo);
                if (source.isActive(day) && source.arrivalOf(day).equals(date)) {
                    requests.addAll(of(day, company, source));
                }
            }
        }
        return requests;
    }

    private static List<Request> of(LocalDate date, Company company, PingSource source) {
        if (source.updates()) {
            return List.of(update(date, source));
        }
        var requests = new ArrayList<Request>();
        requests.add(ping(date, AFTERNOON, company, source));
        if (Dice.oneIn(12, "ping again", source.instance(), date)) {
            requests.add(ping(date, AFTERNOON, company, source));
        }
        if (Dice.oneIn(10, "morning ping after all", source.instance(), date)) {
            requests.add(ping(date, MORNING, company, source));
        }
        return requests;
    }

    private static Request ping(LocalDate date, LocalTime time, Company company, PingSource source) {
        var body = EventCodec.json().createObjectNode();
        body.put("instance", source.instance());
        body.put("account", company.id());
        body.put("version", VERSION);
        body.put("at", date.atTime(time).toInstant(ZoneOffset.UTC).toString());
        var users = body.putObject("activeUsers");
        if (!source.criticalOnly()) {
            int day = source.usersOfDay(date);
            users.put("day", time.equals(MORNING) ? day / 2 : day);
        }
        users.put("month", source.usersOfMonthUpTo(date));
        var features = body.putObject("features");
        source.uses(date).forEach(features::put);
        return Request.usage("/v1/pings", body);
    }

    /** Carries neither a time nor an account: the receiver knows the one, and finds the other by the site. */
    private static Request update(LocalDate date, PingSource source) {
        var body = EventCodec.json().createObjectNode();
        body.put("site", source.instance());
        body.put("version", VERSION);
        body.put("LicenseKey", "local");
        body.put("deployType", "docker-compose");
        var counts = body.putObject("act");
        if (!source.criticalOnly()) {
            body.put("u", source.usersOfDay(date));
            count(counts, "DAUs", date, source.usersOfDay(date));
        }
        count(counts, "MAUs", date.withDayOfMonth(1), source.usersOfMonthUpTo(date));
        return Request.usage("/updates", body);
    }

    private static void count(ObjectNode counts, String period, LocalDate start, int users) {
        var entry = counts.putArray(period).addObject();
        entry.put("StartTime", Instant.from(start.atStartOfDay(ZoneOffset.UTC)).toString());
        entry.put("UserCount", users);
    }
}
