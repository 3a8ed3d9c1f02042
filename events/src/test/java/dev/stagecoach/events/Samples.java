package dev.stagecoach.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record of each type with everything in it, and one with nothing that can be left out. */
final class Samples {
    static final Instant NOON = Instant.parse("2025-03-04T12:00:00Z");

    private static final Map<EventType, EventData> FULL = new EnumMap<>(EventType.class);
    private static final Map<EventType, EventData> MINIMAL = new EnumMap<>(EventType.class);

    static {
        usage();
        accounts();
        decisions();
        milestones();
        summaries();
        outreach();
        writeKeys();
        both(EventType.TIME_TICK, new TimeTick(NOON));
        FULL.put(
                EventType.ALERT_RAISED,
                new AlertRaised(
                        "acme",
                        "stage-changed",
                        NOON,
                        "Acme moved",
                        Map.of("days", 60),
                        "team",
                        List.of("team"),
                        "id-1"));
        MINIMAL.put(
                EventType.ALERT_RAISED,
                new AlertRaised("acme", "stage-changed", NOON, "Acme moved", Map.of(), "team", List.of(), null));
    }

    private Samples() {}

    static EventData full(EventType type) {
        return sample(FULL, type);
    }

    static EventData minimal(EventType type) {
        return sample(MINIMAL, type);
    }

    static Event<?> event(EventType type, EventData data) {
        return new Event<>("id-7", type, type.topic(), "/test", data.account(), NOON, "id-6", data);
    }

    private static EventData sample(Map<EventType, EventData> samples, EventType type) {
        EventData data = samples.get(type);
        if (data == null) {
            throw new AssertionError("no sample of " + type);
        }
        return data;
    }

    private static void both(EventType type, EventData data) {
        FULL.put(type, data);
        MINIMAL.put(type, data);
    }

    private static void usage() {
        JsonNode anything = JsonNodeFactory.instance.objectNode().put("site", "main");
        LocalDate day = LocalDate.of(2025, 3, 4);
        FULL.put(
                EventType.USAGE_PING,
                new UsagePing(
                        "acme",
                        "main",
                        true,
                        "6.0.0",
                        NOON,
                        NOON,
                        new ActiveUsers(1, 2, 3, 4, day, day.withDayOfMonth(1)),
                        Map.of("cody", 3L, "batch-changes", 5_000_000_000L),
                        anything));
        MINIMAL.put(EventType.USAGE_PING, new UsagePing("acme", "main", false, null, NOON, NOON, null, null, null));
        FULL.put(
                EventType.USAGE_EVENT,
                new UsageEvent("m-1", "acme", "main", "u-1", "Searched", "code-search", "run", NOON, NOON, anything));
        MINIMAL.put(
                EventType.USAGE_EVENT,
                new UsageEvent("m-1", "acme", null, "u-1", "Searched", "code-search", null, NOON, NOON, null));
        both(EventType.USER_LINKED, new UserLinked("acme", "l-1", NOON));
    }

    private static void accounts() {
        LocalDate day = LocalDate.of(2025, 3, 4);
        FULL.put(
                EventType.ACCOUNT_FACTS,
                new AccountFacts(
                        "acme",
                        "Acme Rockets",
                        Segment.SCALED,
                        List.of(Product.CODE_SEARCH, Product.CODY),
                        120,
                        true,
                        900,
                        day,
                        day.plusDays(1),
                        day.plusYears(1),
                        day.plusYears(1).plusDays(30),
                        ZoneId.of("Europe/Vienna"),
                        new Owners("Tess Tanner", "Alan Ames"),
                        List.of(new Instance("main", true), new Instance("staging", false)),
                        new StageByHand(Stage.ADOPTING, day, "they asked", "Tess Tanner"),
                        new Signals(
                                told(3),
                                told(0),
                                told(Pulse.CONCERNING),
                                told(true),
                                told(false),
                                told(day.minusDays(9))),
                        day.plusDays(60),
                        new ChangedBy("Alan Ames", "churn", "they asked for it")));
        MINIMAL.put(
                EventType.ACCOUNT_FACTS,
                new AccountFacts(
                        "acme",
                        "Acme Rockets",
                        Segment.DIGITAL,
                        null,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        FULL.put(
                EventType.ACCOUNT_CONTACTS,
                new AccountContacts(
                        "acme",
                        List.of(new Contact(
                                "c-1",
                                "Iris Example",
                                "iris@acme.example",
                                Set.of(Role.CHAMPION, Role.INSTANCE_ADMIN),
                                ZoneId.of("America/New_York"),
                                "de-AT"))));
        MINIMAL.put(EventType.ACCOUNT_CONTACTS, new AccountContacts("acme", null));
    }

    private static <T> Signal<T> told(T value) {
        return new Signal<>(value, LocalDate.of(2025, 3, 4), "Tess Tanner");
    }

    private static void writeKeys() {
        String hash = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";
        FULL.put(
                EventType.WRITE_KEY,
                new WriteKeyFacts(
                        "k3v9q2m8xa",
                        "Instances of Acme",
                        WriteKeyScope.of(Product.CODY),
                        List.of(new WriteKeySecret(hash, NOON), new WriteKeySecret(hash, null)),
                        500,
                        NOON));
        MINIMAL.put(
                EventType.WRITE_KEY,
                new WriteKeyFacts("k3v9q2m8xa", "Acme", WriteKeyScope.of(List.of("acme")), List.of(), null, null));
    }

    private static void decisions() {
        Reason reason = new Reason(
                "adopting",
                List.of(new Input("utilization", 0.7, 0.8), new Input("usage", null, null)),
                new NearestMiss("nurturing", "12 more active users for 80 %"),
                "1");
        FULL.put(EventType.STAGE_CHANGED, new StageChanged("acme", Stage.ONBOARDING, Stage.ADOPTING, NOON, reason));
        MINIMAL.put(
                EventType.STAGE_CHANGED,
                new StageChanged("acme", null, null, NOON, new Reason("close-far-away", null, null, "1")));
        FULL.put(
                EventType.HEALTH_CHANGED,
                new HealthChanged(
                        "acme",
                        HealthLevel.UNKNOWN,
                        HealthLevel.POOR,
                        2.5,
                        NOON,
                        "standard",
                        List.of(new HealthChanged.HealthCategory(
                                "utilization",
                                55,
                                5.0,
                                List.of(
                                        new HealthChanged.HealthMeasure("mau-per-seat", 0.7, 5, "below 80 %"),
                                        new HealthChanged.HealthMeasure("dau-per-mau", null, null, null)))),
                        List.of("MAU per seat is 70 %, was 85 %"),
                        "1"));
        MINIMAL.put(
                EventType.HEALTH_CHANGED,
                new HealthChanged("acme", HealthLevel.POOR, HealthLevel.UNKNOWN, null, NOON, null, null, null, "1"));
    }

    private static void milestones() {
        FULL.put(EventType.FIRST_PING, new Milestone.FirstPing("acme", NOON, "main", "6.0.0", "1"));
        MINIMAL.put(EventType.FIRST_PING, new Milestone.FirstPing("acme", NOON, "main", null));
        FULL.put(EventType.FEATURE_FIRST_USED, new Milestone.FeatureFirstUsed("acme", NOON, "cody", "ping", "1"));
        MINIMAL.put(EventType.FEATURE_FIRST_USED, new Milestone.FeatureFirstUsed("acme", NOON, "cody", "ping"));
        FULL.put(
                EventType.TARGET_REACHED,
                new Milestone.TargetReached("acme", NOON, "utilization", 1.25, 0.8, "rolling-30-days", "1"));
        MINIMAL.put(EventType.TARGET_REACHED, new Milestone.TargetReached("acme", NOON, "utilization", 1.25, 0.8));
        FULL.put(
                EventType.TARGET_LOST,
                new Milestone.TargetLost("acme", NOON, "usage", 0.25, 0.3, "rolling-30-days", "1"));
        MINIMAL.put(EventType.TARGET_LOST, new Milestone.TargetLost("acme", NOON, "usage", 0.25, 0.3));
        FULL.put(EventType.GOAL_MET, new Milestone.GoalMet("acme", NOON, 0.5, 0.5, 50, 100, "rolling-30-days", "1"));
        MINIMAL.put(EventType.GOAL_MET, new Milestone.GoalMet("acme", NOON, 0.5, 0.5, 50, 100));
        FULL.put(
                EventType.GOAL_MISSED,
                new Milestone.GoalMissed("acme", NOON, 0.0, 0.5, 0, 100, "rolling-30-days", "1"));
        MINIMAL.put(EventType.GOAL_MISSED, new Milestone.GoalMissed("acme", NOON, 0.0, 0.5, 0, 100));
        FULL.put(
                EventType.GOAL_UNKNOWN,
                new Milestone.GoalUnknown("acme", NOON, "no seats given", "rolling-30-days", "1"));
        MINIMAL.put(EventType.GOAL_UNKNOWN, new Milestone.GoalUnknown("acme", NOON, "no seats given"));
        FULL.put(
                EventType.INSTANCE_SILENT,
                new Milestone.InstanceSilent("acme", NOON, "main", NOON.minusSeconds(9), "1"));
        MINIMAL.put(
                EventType.INSTANCE_SILENT, new Milestone.InstanceSilent("acme", NOON, "main", NOON.minusSeconds(9)));
    }

    private static void summaries() {
        YearMonth month = YearMonth.of(2025, 2);
        FULL.put(
                EventType.USAGE_SUMMARY,
                new UsageSummary(
                        "acme",
                        NOON,
                        month,
                        84,
                        27.5,
                        120,
                        0.7,
                        0.327,
                        "last-closed-month",
                        "ping",
                        new UsageSummary.Current(90, 71),
                        "1"));
        MINIMAL.put(
                EventType.USAGE_SUMMARY,
                new UsageSummary("acme", NOON, null, null, null, null, null, null, "last-closed-month", null, null));
        FULL.put(
                EventType.USAGE_RECAP,
                new UsageRecap(
                        "acme",
                        month,
                        84,
                        27.5,
                        5_000L,
                        List.of(new UsageRecap.FeatureUse("cody", 37)),
                        -0.25,
                        "1",
                        List.of(new UsageRecap.DayUsers(month.atDay(1), 31))));
        MINIMAL.put(EventType.USAGE_RECAP, new UsageRecap("acme", month, null, null, null, null, null));
    }

    private static void outreach() {
        for (EventType type : List.of(
                EventType.MESSAGE_SENT,
                EventType.MESSAGE_SUPPRESSED,
                EventType.MESSAGE_BOUNCED,
                EventType.MESSAGE_FAILED,
                EventType.MESSAGE_UNKNOWN)) {
            FULL.put(type, message("c-1", "<1@stagecoach.example>", "why"));
        }
        MINIMAL.put(EventType.MESSAGE_SENT, message("c-1", "<1@stagecoach.example>", null));
        MINIMAL.put(EventType.MESSAGE_SUPPRESSED, message(null, null, "no-contact-for-role"));
        MINIMAL.put(EventType.MESSAGE_BOUNCED, message("c-1", "<1@stagecoach.example>", "550"));
        MINIMAL.put(EventType.MESSAGE_FAILED, message("c-1", null, "554"));
        MINIMAL.put(EventType.MESSAGE_UNKNOWN, message("c-1", null, "the process died"));
        for (EventType type : List.of(
                EventType.SURVEY_ANSWERED,
                EventType.HELP_REQUESTED,
                EventType.TRAINING_REQUESTED,
                EventType.MEETING_REQUESTED,
                EventType.UNSUBSCRIBED,
                EventType.RESUBSCRIBED)) {
            FULL.put(
                    type,
                    new ContactResponse(
                            "acme", "c-1", "check-in-30-day", "o-1", NOON, 9, "More, please.", "check-ins"));
            Integer score = type == EventType.SURVEY_ANSWERED ? 0 : null;
            MINIMAL.put(type, new ContactResponse("acme", "c-1", "check-in-30-day", null, NOON, score, null, null));
        }
    }

    private static MessageOutcome message(
            @Nullable String contact, @Nullable String messageId, @Nullable String reason) {
        return new MessageOutcome("acme", "admin-onboarding", "o-1", "day-3", contact, messageId, NOON, reason);
    }
}
