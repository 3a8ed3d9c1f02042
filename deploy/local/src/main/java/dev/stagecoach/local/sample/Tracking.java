package dev.stagecoach.local.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The usage events that arrive on a day: singly and in batches, plain and compressed, shuffled, some batches twice, and a few
 * events days late. Delays and repetitions never touch the first event of a user's day, so the counts are those intended.
 */
final class Tracking {

    private static final LocalTime FIRST_EVENT = LocalTime.of(7, 0);
    private static final int SECONDS_OF_WORK = 9 * 3600;
    private static final LocalTime SENT = LocalTime.of(17, 0);
    private static final int MOST_IN_BATCH = 100;
    private static final int MOST_DAYS_LATE = 3;

    private Tracking() {}

    static List<Request> arrivingOn(LocalDate date, Company company) {
        var requests = new ArrayList<Request>();
        for (var source : company.events()) {
            var events = eventsArrivingOn(date, company, source);
            Collections.shuffle(events, new Random(Dice.mixed("order", source.instance(), date)));
            requests.addAll(sent(date, source, events));
        }
        return requests;
    }

    private static List<ObjectNode> eventsArrivingOn(LocalDate date, Company company, EventSource source) {
        var events = new ArrayList<ObjectNode>();
        for (int daysAgo = 0; daysAgo <= MOST_DAYS_LATE; daysAgo++) {
            var day = date.minusDays(daysAgo);
            if (!source.isActive(day)) {
                continue;
            }
            for (int user : source.usersOf(day)) {
                for (int number = 0; number < source.perUser(); number++) {
                    if (daysLate(day, source, user, number) == daysAgo) {
                        events.add(event(day, company, source, user, number));
                    }
                }
            }
        }
        return events;
    }

    private static int daysLate(LocalDate day, EventSource source, int user, int number) {
        boolean late = source.mayBeLate(day, user, number)
                && Dice.oneIn(40, "late event", source.instance(), day, user, number);
        return late ? 1 + Dice.below(MOST_DAYS_LATE, "days late", source.instance(), day, user, number) : 0;
    }

    private static ObjectNode event(LocalDate day, Company company, EventSource source, int user, int number) {
        var feature = source.featureOf(day, user, number);
        var event = EventCodec.json().createObjectNode();
        event.put("type", "track");
        event.put("messageId", "%s/%s/%03d/%d".formatted(source.instance(), day, user, number));
        event.put("userId", "user-%03d".formatted(user));
        event.put("event", source.featureIsName() ? feature : "Feature Used");
        if (!source.featureIsName()) {
            event.putObject("properties").put("feature", feature).put("action", number == 0 ? "opened" : "used");
        }
        int seconds = Dice.below(SECONDS_OF_WORK, "time", source.instance(), day, user, number);
        event.put(
                "timestamp",
                day.atTime(FIRST_EVENT.plusSeconds(seconds))
                        .toInstant(ZoneOffset.UTC)
                        .toString());
        event.putObject("context").put("groupId", company.id());
        return event;
    }

    private static List<Request> sent(LocalDate date, EventSource source, List<ObjectNode> events) {
        var requests = new ArrayList<Request>();
        if (events.isEmpty()) {
            return requests;
        }
        requests.add(Request.usage("/v1/track", sentAt(date, events.get(0))));
        for (int from = 1; from < events.size(); from += MOST_IN_BATCH) {
            var body = EventCodec.json().createObjectNode();
            body.putArray("batch").addAll(events.subList(from, Math.min(from + MOST_IN_BATCH, events.size())));
            var batch = Dice.oneIn(2, "compressed", source.instance(), date)
                    ? Request.compressedUsage("/v1/batch", sentAt(date, body))
                    : Request.usage("/v1/batch", sentAt(date, body));
            requests.add(batch);
            if (Dice.oneIn(8, "batch again", source.instance(), date, from)) {
                requests.add(batch);
            }
        }
        return requests;
    }

    private static ObjectNode sentAt(LocalDate date, ObjectNode body) {
        return body.put("sentAt", date.atTime(SENT).toInstant(ZoneOffset.UTC).toString());
    }
}
