package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Signals;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageByHand;
import dev.stagecoach.lifecycle.health.Equations;
import dev.stagecoach.lifecycle.policy.HealthPolicy;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import dev.stagecoach.lifecycle.policy.UsageSource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules as they are published, and accounts by what sets them apart. */
public final class Fixtures {
    /** Day 0 of {@link Customer#customer()}: a Monday. */
    public static final LocalDate CLOSE = LocalDate.parse("2025-09-01");

    public static final StagePolicy STAGES = new StagePolicy(45, 60, 120, 30, 0.8, 0.3, 0.5, true);
    public static final StagePolicy FALLING_BACK = new StagePolicy(45, 60, 120, 30, 0.8, 0.3, 0.5, false);
    public static final UsagePolicy USAGE =
            new UsagePolicy(MonthDefinition.LAST_CLOSED_MONTH, UsageSource.PINGS, 28, 20, 3, 35, 2);
    public static final UsagePolicy ROLLING =
            new UsagePolicy(MonthDefinition.ROLLING_30_DAYS, UsageSource.PINGS, 28, 20, 3, 35, 2);
    public static final UsagePolicy BY_EVENTS =
            new UsagePolicy(MonthDefinition.LAST_CLOSED_MONTH, UsageSource.EVENTS, 28, 20, 3, 35, 2);

    /** Health of the pulse alone, so that usage decides about stages and milestones and nothing else. */
    public static final HealthPolicy PULSE = Equations.policy(List.of(), Equations.pulseOnly("pulse", null, null));

    public static final Policy POLICY = policy(PULSE);
    public static final Policy WITH_HEALTH = policy(Equations.HEALTH);

    private Fixtures() {}

    private static Policy policy(HealthPolicy health) {
        return new Policy("v1", new Rules(STAGES, USAGE, new MilestonePolicy(7, 500), health), Map.of());
    }

    /** Day n of the relationship. */
    public static LocalDate day(int n) {
        return CLOSE.plusDays(n);
    }

    /** When the ticks of the tests come: 17:00 UTC. */
    public static Instant tickOf(LocalDate day) {
        return day.atTime(LocalTime.of(17, 0)).toInstant(ZoneOffset.UTC);
    }

    /** Facts that can be told step by step. */
    public static final class Customer {
        private String account = "acme";
        private Segment segment = Segment.DIGITAL;
        private Integer seats = 100;
        private boolean unlimited;
        private Integer addressable;
        private LocalDate expected;
        private LocalDate closed;
        private LocalDate renews;
        private LocalDate extended;
        private StageByHand byHand;
        private Signals signals = Signals.NONE;
        private LocalDate churned;
        private final List<Instance> instances = new ArrayList<>();

        private Customer() {}

        /** Closed on {@link #CLOSE} for 100 seats; nobody said when it renews. */
        public static Customer customer() {
            return new Customer().closedOn(CLOSE);
        }

        public static Customer openDeal() {
            return new Customer();
        }

        public Customer named(String id) {
            account = id;
            return this;
        }

        public Customer in(Segment other) {
            segment = other;
            return this;
        }

        public Customer seats(Integer count) {
            seats = count;
            return this;
        }

        public Customer unlimitedSeatsFor(Integer users) {
            seats = null;
            unlimited = true;
            addressable = users;
            return this;
        }

        public Customer expectedOn(LocalDate date) {
            expected = date;
            return this;
        }

        public Customer closedOn(LocalDate date) {
            closed = date;
            return this;
        }

        public Customer renewsOn(LocalDate date) {
            renews = date;
            return this;
        }

        public Customer extendedUntil(LocalDate date) {
            extended = date;
            return this;
        }

        public Customer byHand(Stage stage, LocalDate until) {
            byHand = new StageByHand(stage, until, "agreed with the customer", "dana@team.example");
            return this;
        }

        public Customer churnedOn(LocalDate date) {
            churned = date;
            return this;
        }

        public Customer told(Signals told) {
            signals = told;
            return this;
        }

        public Customer instance(String id, boolean production) {
            instances.add(new Instance(id, production));
            return this;
        }

        public AccountFacts facts() {
            AccountFacts facts = new AccountFacts(
                    account,
                    "Acme Inc",
                    segment,
                    List.of(Product.CODE_SEARCH),
                    seats,
                    unlimited,
                    addressable,
                    expected,
                    closed,
                    renews,
                    extended,
                    ZoneOffset.UTC,
                    Owners.NONE,
                    instances,
                    byHand);
            return facts.withSignals(signals).withChurnedOn(churned);
        }
    }
}
