package dev.stagecoach.alerts;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.alerts.policy.DigestPolicy;
import dev.stagecoach.alerts.policy.LowUtilization;
import dev.stagecoach.alerts.policy.Route;
import dev.stagecoach.alerts.policy.Rules;
import dev.stagecoach.alerts.seats.SeatThresholds;
import dev.stagecoach.alerts.usage.UsageTarget;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Input;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.Milestone.InstanceSilent;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageSummary;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Events of an account called acme, each later than the one made before it. */
public final class Fixtures {
    public static final Instant DAY = Instant.parse("2025-03-14T17:00:00Z");
    public static final AlertPolicy POLICY = policy();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Fixtures() {}

    /** The policy of docs/rules.md, alerts. */
    private static AlertPolicy policy() {
        Channel usage = new Channel(
                "customer-usage",
                "#alerts-customer-usage",
                "alerts.customer-usage",
                Set.of(AlertKind.ONBOARDING_GOAL_MISSED, AlertKind.PROGRAMME_BLOCKED));
        Channel success = new Channel(
                "scaled-success",
                "#discuss-scaled-success",
                "alerts.scaled-success",
                Set.of(AlertKind.HELP_REQUESTED, AlertKind.TRAINING_REQUESTED, AlertKind.MEETING_REQUESTED));
        Channel operations = new Channel(
                "gtm-operations", "#gtm-operations-review", "alerts.gtm-operations", Set.of(AlertKind.CHURN));
        Map<AlertKind, Route> routes = new EnumMap<>(AlertKind.class);
        for (AlertKind kind : AlertKind.values()) {
            Channel channel = switch (kind) {
                case HELP_REQUESTED, TRAINING_REQUESTED, MEETING_REQUESTED, SURVEY_ANSWERED -> success;
                case CHURN -> operations;
                default -> usage;
            };
            routes.put(kind, new Route(channel, List.of(AlertPolicy.TEAM), Duration.ZERO));
        }
        Rules rules = new Rules(
                routes,
                Set.of(Stage.RENEWING),
                new SeatThresholds(List.of(50, 80, 90, 100), List.of(80), 5),
                90,
                new UsageTarget(30, 0),
                new LowUtilization(80, 45),
                Set.of(HealthLevel.values()));
        DigestPolicy digest =
                new DigestPolicy(true, DayOfWeek.MONDAY, LocalTime.of(8, 0), ZoneId.of("UTC"), Map.of(), 5, 120);
        return new AlertPolicy("2", List.of(usage, success, operations), rules, Map.of(), Duration.ofDays(90), digest);
    }

    /** Five o'clock on a date, and a bit later each time. */
    private static Instant onDate(String date) {
        return LocalDate.parse(date).atTime(17, 0).toInstant(ZoneOffset.UTC).plusSeconds(COUNT.incrementAndGet());
    }

    public static Event<TimeTick> tick(String instant) {
        Instant at = Instant.parse(instant);
        return new Event<>(
                "tick-" + instant, EventType.TIME_TICK, Topics.TIME_TICKS, "/test", null, at, null, new TimeTick(at));
    }

    private static Instant next() {
        return DAY.plus(COUNT.incrementAndGet(), ChronoUnit.MINUTES);
    }

    public static <T extends EventData> Event<T> event(EventType type, T data) {
        return event("acme", next(), type, data);
    }

    public static <T extends EventData> Event<T> event(String account, Instant at, EventType type, T data) {
        return Event.of(
                type.wireName() + "-" + account + "-" + COUNT.incrementAndGet(),
                type,
                "/test",
                account,
                at,
                null,
                data);
    }

    public static Event<AccountFacts> facts(String name) {
        return facts("acme", name, 250, false);
    }

    public static Event<AccountFacts> unlimitedFacts(String name) {
        return facts("acme", name, null, true);
    }

    public static Event<AccountFacts> facts(String account, String name, @Nullable Integer seats, boolean unlimited) {
        return facts(account, name, seats, unlimited, LocalDate.of(2025, 1, 13), LocalDate.of(2026, 1, 13));
    }

    public static Event<AccountFacts> facts(String account, String name, int seats, String closedOn) {
        LocalDate closed = LocalDate.parse(closedOn);
        return facts(account, name, seats, false, closed, closed.plusYears(1));
    }

    /** Acme renews. */
    public static Event<AccountFacts> renewedUntil(String renewsOn) {
        return facts("acme", "Renewed", 100, false, LocalDate.of(2025, 1, 13), LocalDate.parse(renewsOn));
    }

    /** Of an account with 100 seats and these owners, told at an instant. */
    public static Event<AccountFacts> factsOf(String account, String advisor, String executive, String at) {
        LocalDate closedOn = LocalDate.of(2025, 1, 13);
        return event(
                account,
                Instant.parse(at),
                EventType.ACCOUNT_FACTS,
                data(account, account, 100, false, closedOn, closedOn.plusYears(1), new Owners(advisor, executive)));
    }

    private static Event<AccountFacts> facts(
            String account,
            String name,
            @Nullable Integer seats,
            boolean unlimited,
            LocalDate closedOn,
            LocalDate renewsOn) {
        return event(
                account,
                next(),
                EventType.ACCOUNT_FACTS,
                data(account, name, seats, unlimited, closedOn, renewsOn, Owners.NONE));
    }

    private static AccountFacts data(
            String account,
            String name,
            @Nullable Integer seats,
            boolean unlimited,
            LocalDate closedOn,
            LocalDate renewsOn,
            Owners owners) {
        return new AccountFacts(
                account,
                name,
                Segment.DIGITAL,
                List.of(Product.CODE_SEARCH),
                seats,
                unlimited,
                unlimited ? 100 : null,
                null,
                closedOn,
                renewsOn,
                null,
                ZoneOffset.UTC,
                owners,
                List.of(),
                null);
    }

    public static Event<StageChanged> stageChanged(@Nullable Stage from, @Nullable Stage to) {
        return stageChanged("acme", from, to);
    }

    public static Event<StageChanged> stageChanged(String account, @Nullable Stage from, @Nullable Stage to) {
        return stageChanged(account, from, to, next());
    }

    public static Event<StageChanged> stageChanged(
            String account, @Nullable Stage from, @Nullable Stage to, Instant at) {
        Reason reason = new Reason(
                "onboarding-over",
                List.of(
                        new Input("day", 60, 60),
                        new Input("renewsOn", "2026-01-13", null),
                        new Input("utilization", 0.68, 0.8)),
                new NearestMiss("targets-met", "needs 12 more active users for 80 %"),
                "1");
        return event(account, at, EventType.STAGE_CHANGED, new StageChanged(account, from, to, at, reason));
    }

    public static Event<UsageSummary> usage(int mau, int seats) {
        return usage("acme", mau, seats);
    }

    public static Event<UsageSummary> usage(String account, int mau, int seats) {
        return usage(account, next(), mau, seats, 20.0);
    }

    /** Of acme, which has 100 seats and closed its contract on 13 January 2025. */
    public static Event<UsageSummary> usageOn(String date, int mau, double dailyMean) {
        return usage("acme", onDate(date), mau, 100, dailyMean);
    }

    private static Event<UsageSummary> usage(String account, Instant at, int mau, int seats, double dailyMean) {
        UsageSummary data = new UsageSummary(
                account,
                at,
                YearMonth.from(at.atZone(ZoneOffset.UTC)).minusMonths(1),
                mau,
                dailyMean,
                seats,
                (double) mau / seats,
                dailyMean / mau,
                "last-closed-month",
                "ping",
                new UsageSummary.Current(mau, mau));
        return event(account, at, EventType.USAGE_SUMMARY, data);
    }

    /** Acme's health, of which one measure is known. */
    public static Event<HealthChanged> health(HealthLevel from, HealthLevel to, @Nullable Double score) {
        return health("acme", from, to, score);
    }

    public static Event<HealthChanged> healthOf(String account, HealthLevel from, HealthLevel to) {
        return health(account, from, to, 5.0);
    }

    private static Event<HealthChanged> health(
            String account, HealthLevel from, HealthLevel to, @Nullable Double score) {
        Instant at = next();
        HealthMeasure seats = new HealthMeasure("mau-by-seats", 0.38, 0, "below 50 %");
        HealthMeasure tickets = new HealthMeasure("help-tickets", null, null, "nobody has said");
        HealthChanged data = new HealthChanged(
                account,
                from,
                to,
                score,
                at,
                "standard",
                List.of(
                        new HealthCategory("utilization", 55, score, List.of(seats)),
                        new HealthCategory("technical", 15, null, List.of(tickets))),
                List.of("MAU by seats fell from 62 % to 38 %"),
                "3");
        return event(account, at, EventType.HEALTH_CHANGED, data);
    }

    public static Event<InstanceSilent> silent(String instance, String lastPingAt) {
        Instant last = Instant.parse(lastPingAt);
        Instant at = last.plus(Duration.ofDays(4));
        return event("acme", at, EventType.INSTANCE_SILENT, new InstanceSilent("acme", at, instance, last, "2"));
    }

    public static Event<MessageOutcome> suppressed(String step, String reason) {
        Instant at = next();
        return event(
                EventType.MESSAGE_SUPPRESSED,
                new MessageOutcome("acme", "admin-onboarding", "2025-01-13", step, null, null, at, reason));
    }
}
