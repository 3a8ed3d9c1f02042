package dev.stagecoach.alerts;

import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.AlertPolicy;
import dev.stagecoach.alerts.policy.Channel;
import dev.stagecoach.alerts.policy.Route;
import dev.stagecoach.alerts.seats.SeatThresholds;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Input;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageSummary;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
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
            routes.put(kind, new Route(channel, List.of(AlertPolicy.TEAM)));
        }
        return new AlertPolicy(
                "1",
                List.of(usage, success, operations),
                routes,
                Set.of(Stage.RENEWING),
                new SeatThresholds(List.of(50, 80, 90, 100), List.of(80), 5),
                90);
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
        AccountFacts data = new AccountFacts(
                account,
                name,
                Segment.DIGITAL,
                List.of(Product.CODE_SEARCH),
                seats,
                unlimited,
                unlimited ? 100 : null,
                null,
                LocalDate.of(2025, 1, 13),
                LocalDate.of(2026, 1, 13),
                null,
                ZoneOffset.UTC,
                Owners.NONE,
                List.of(),
                null);
        return event(account, next(), EventType.ACCOUNT_FACTS, data);
    }

    public static Event<StageChanged> stageChanged(@Nullable Stage from, @Nullable Stage to) {
        return stageChanged("acme", from, to);
    }

    public static Event<StageChanged> stageChanged(String account, @Nullable Stage from, @Nullable Stage to) {
        Instant at = next();
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
        Instant at = next();
        UsageSummary data = new UsageSummary(
                account,
                at,
                YearMonth.of(2025, 2),
                mau,
                20.0,
                seats,
                (double) mau / seats,
                20.0 / mau,
                "last-closed-month",
                "ping",
                new UsageSummary.Current(mau, mau));
        return event(account, at, EventType.USAGE_SUMMARY, data);
    }

    public static Event<MessageOutcome> suppressed(String step, String reason) {
        Instant at = next();
        return event(
                EventType.MESSAGE_SUPPRESSED,
                new MessageOutcome("acme", "admin-onboarding", "2025-01-13", step, null, null, at, reason));
    }
}
