package dev.stagecoach.alerts.adapter;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ChangedBy;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Input;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.Milestone.FeatureFirstUsed;
import dev.stagecoach.events.Milestone.FirstPing;
import dev.stagecoach.events.Milestone.GoalUnknown;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageRecap.DayUsers;
import dev.stagecoach.events.UsageRecap.FeatureUse;
import dev.stagecoach.events.UsageSummary;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Histories of accounts, event by event. An event's id is the account's with a name. */
final class AccountStories {
    private static final String HOSTILE = "<script>alert(1)</script>'\"&<b>\"onerror=\"x";
    static final String ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&#39;&quot;&amp;&lt;b&gt;&quot;onerror=&quot;x";

    /** What the fields that come from outside start with in a hostile story, as the page shows them. */
    static final List<String> HOSTILE_FIELDS = List.of(
            "name",
            "advisor",
            "executive",
            "author",
            "act",
            "note",
            "clause",
            "needs",
            "Category",
            "Measure",
            "value",
            "why",
            "change",
            "feature",
            "campaign",
            "step",
            "contact",
            "reason",
            "comment",
            "instance",
            "version",
            "goal");

    private static final LocalDate CLOSED_ON = LocalDate.of(2025, 1, 13);
    private static final YearMonth MONTH = YearMonth.of(2025, 2);
    private static final LocalDate BUSY_DAY = MONTH.atDay(10);
    private static final Instant DECIDED = Instant.parse("2025-03-14T06:00:00Z");
    static final long RECAPPED_DAY = BUSY_DAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    static final long SUMMARY_DAY = DECIDED.atZone(ZoneOffset.UTC)
            .toLocalDate()
            .atStartOfDay(ZoneOffset.UTC)
            .toEpochSecond();

    private AccountStories() {}

    /**
     * What happened to an account.
     *
     * @param ids of those events that the timeline tells of
     */
    record Story(String account, List<Event<?>> events, List<String> ids) {
        String link() {
            return "/accounts/" + encoded(account);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String record(String account, String event) {
        return "/accounts/" + account + "/records/" + account + "-" + event;
    }

    static Event<AccountFacts> factsOf(String account) {
        return event(
                account,
                "facts",
                start(),
                EventType.ACCOUNT_FACTS,
                null,
                facts(account, "Blue Harbor Labs", "ana@example.com", "eve@example.com", null));
    }

    /** A digital account that was adopting with 12 users too few when it was heard of last. */
    static Story adopting(String account) {
        List<Event<?>> events = new ArrayList<>();
        events.add(factsOf(account));
        events.add(contacts(account, "c-1"));
        events.add(
                stage(account, "onboarding", null, Stage.ONBOARDING, start(), "contract-closed", "needs 60 more days"));
        events.add(mail(account, "sent", EventType.MESSAGE_SENT, "day-0", "c-1", null));
        events.add(mail(account, "capped", EventType.MESSAGE_SUPPRESSED, "day-3", "c-1", "frequency-cap"));
        events.add(recap(account, "batch-changes"));
        events.add(event(
                account,
                "feature",
                start().plusSeconds(86_400),
                EventType.FEATURE_FIRST_USED,
                null,
                new FeatureFirstUsed(account, start().plusSeconds(86_400), "batch-changes", "ping")));
        events.add(health(account, "healthy", start().plusSeconds(100), HealthLevel.UNKNOWN, HealthLevel.HEALTHY, 9.0));
        events.add(health(account, "concerning", DECIDED, HealthLevel.HEALTHY, HealthLevel.CONCERNING, 5.0));
        events.add(answer(account, "c-1", "Too slow"));
        events.add(summary(account));
        events.add(stage(
                account,
                "adopting",
                Stage.ONBOARDING,
                Stage.ADOPTING,
                DECIDED,
                "targets-not-met",
                "needs 12 more active users for 80 %"));
        return story(account, events);
    }

    /** All that comes from outside is markup. */
    static Story hostile(String account) {
        List<Event<?>> events = new ArrayList<>();
        events.add(event(
                account,
                "facts",
                start(),
                EventType.ACCOUNT_FACTS,
                null,
                facts(
                        account,
                        "name" + HOSTILE,
                        "advisor" + HOSTILE,
                        "executive" + HOSTILE,
                        new ChangedBy("author" + HOSTILE, "act" + HOSTILE, "note" + HOSTILE))));
        events.add(contacts(account, "contact" + HOSTILE));
        events.add(
                stage(account, "onboarding", null, Stage.ONBOARDING, start(), "clause" + HOSTILE, "needs" + HOSTILE));
        events.add(event(
                account,
                "mail",
                DECIDED,
                EventType.MESSAGE_SUPPRESSED,
                null,
                new MessageOutcome(
                        account,
                        "campaign" + HOSTILE,
                        "occurrence" + HOSTILE,
                        "step" + HOSTILE,
                        "contact" + HOSTILE,
                        null,
                        DECIDED,
                        "reason" + HOSTILE)));
        events.add(recap(account, "feature" + HOSTILE));
        events.add(event(
                account,
                "feature",
                DECIDED,
                EventType.FEATURE_FIRST_USED,
                null,
                new FeatureFirstUsed(account, DECIDED, "feature" + HOSTILE, "ping")));
        events.add(event(
                account,
                "ping",
                DECIDED,
                EventType.FIRST_PING,
                null,
                new FirstPing(account, DECIDED, "instance" + HOSTILE, "version" + HOSTILE)));
        events.add(event(
                account,
                "goal",
                DECIDED,
                EventType.GOAL_UNKNOWN,
                null,
                new GoalUnknown(account, DECIDED, "goal" + HOSTILE)));
        events.add(event(
                account,
                "health",
                DECIDED,
                EventType.HEALTH_CHANGED,
                null,
                new HealthChanged(
                        account,
                        HealthLevel.UNKNOWN,
                        HealthLevel.POOR,
                        1.0,
                        DECIDED,
                        "equation" + HOSTILE,
                        List.of(new HealthCategory(
                                "category" + HOSTILE,
                                10,
                                1.0,
                                List.of(new HealthMeasure(
                                        "measure" + HOSTILE, "value" + HOSTILE, 0, "why" + HOSTILE)))),
                        List.of("change" + HOSTILE),
                        "1")));
        events.add(answer(account, "contact" + HOSTILE, "comment" + HOSTILE));
        return story(account, events);
    }

    private static Story story(String account, List<Event<?>> events) {
        List<String> ids = events.stream()
                .filter(event -> event.type() != EventType.ACCOUNT_CONTACTS && event.type() != EventType.USAGE_SUMMARY)
                .map(Event::id)
                .toList();
        return new Story(account, List.copyOf(events), ids);
    }

    private static Instant start() {
        return CLOSED_ON.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static AccountFacts facts(
            String account, String name, String advisor, String executive, @Nullable ChangedBy changedBy) {
        return new AccountFacts(
                account,
                name,
                Segment.DIGITAL,
                List.of(Product.CODE_SEARCH),
                250,
                false,
                null,
                null,
                CLOSED_ON,
                CLOSED_ON.plusYears(1),
                null,
                ZoneOffset.UTC,
                new Owners(advisor, executive),
                List.of(),
                null,
                null,
                null,
                changedBy);
    }

    private static Event<AccountContacts> contacts(String account, String id) {
        return event(
                account,
                "contacts",
                start(),
                EventType.ACCOUNT_CONTACTS,
                null,
                new AccountContacts(
                        account,
                        List.of(new Contact(
                                id,
                                "Ada Example",
                                "ada@example.com",
                                Set.of(Role.CHAMPION, Role.PROGRAM_CONTACT),
                                null))));
    }

    private static Event<StageChanged> stage(
            String account, String name, @Nullable Stage from, Stage to, Instant at, String clause, String needs) {
        Reason reason = new Reason(
                clause,
                List.of(
                        new Input("day", 60, 60),
                        new Input("daysToRenewal", 305, 120),
                        new Input("utilization", 0.752, 0.8),
                        new Input("usage", 0.26, 0.3)),
                new NearestMiss("targets-met", needs),
                "1");
        return event(
                account,
                name,
                at,
                EventType.STAGE_CHANGED,
                from == null ? "facts" : null,
                new StageChanged(account, from, to, at, reason));
    }

    private static Event<MessageOutcome> mail(
            String account, String name, EventType type, String step, String contact, @Nullable String reason) {
        Instant at = start().plusSeconds(step.equals("day-0") ? 0 : 3 * 86_400);
        return event(
                account,
                name,
                at,
                type,
                "onboarding",
                new MessageOutcome(account, "admin-onboarding", "2025-01-13", step, contact, null, at, reason));
    }

    private static Event<UsageRecap> recap(String account, String feature) {
        return event(
                account,
                "recap",
                Instant.parse("2025-03-02T00:00:00Z"),
                EventType.USAGE_RECAP,
                null,
                new UsageRecap(
                        account,
                        MONTH,
                        188,
                        50.0,
                        4_000L,
                        List.of(new FeatureUse(feature, 40)),
                        0.1,
                        "1",
                        List.of(new DayUsers(BUSY_DAY, 61))));
    }

    private static Event<HealthChanged> health(
            String account, String name, Instant at, HealthLevel from, HealthLevel to, double score) {
        return event(
                account,
                name,
                at,
                EventType.HEALTH_CHANGED,
                null,
                new HealthChanged(
                        account,
                        from,
                        to,
                        score,
                        at,
                        "standard",
                        List.of(
                                new HealthCategory(
                                        "utilization",
                                        55,
                                        score,
                                        List.of(new HealthMeasure("mau-per-seat", 0.752, 5, "below 80 %"))),
                                new HealthCategory(
                                        "technical",
                                        15,
                                        null,
                                        List.of(new HealthMeasure(
                                                "versions-behind", null, null, "the policy lists no releases")))),
                        List.of("utilization fell to 75 %"),
                        "1"));
    }

    private static Event<ContactResponse> answer(String account, String contact, String comment) {
        return event(
                account,
                "answer",
                DECIDED,
                EventType.SURVEY_ANSWERED,
                null,
                new ContactResponse(account, contact, "check-in-30", null, DECIDED, 4, comment, null));
    }

    private static Event<UsageSummary> summary(String account) {
        return event(
                account,
                "summary",
                DECIDED,
                EventType.USAGE_SUMMARY,
                null,
                new UsageSummary(
                        account,
                        DECIDED,
                        MONTH,
                        188,
                        50.0,
                        250,
                        188 / 250.0,
                        50.0 / 188,
                        "last-closed-month",
                        "ping",
                        new UsageSummary.Current(190, 120)));
    }

    private static <T extends EventData> Event<T> event(
            String account, String name, Instant at, EventType type, @Nullable String cause, T data) {
        return Event.of(
                account + "-" + name, type, "/test", account, at, cause == null ? null : account + "-" + cause, data);
    }
}
