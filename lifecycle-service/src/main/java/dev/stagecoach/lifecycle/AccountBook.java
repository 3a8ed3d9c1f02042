package dev.stagecoach.lifecycle;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.lifecycle.Happening.Pinged;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.journey.DecideJourney;
import dev.stagecoach.lifecycle.journey.Decisions;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.journey.FirstUses;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import dev.stagecoach.lifecycle.usage.EventTally;
import dev.stagecoach.lifecycle.usage.InstanceTally;
import dev.stagecoach.lifecycle.usage.MeasureUsage;
import dev.stagecoach.lifecycle.usage.RecapMonth;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.InstanceCounts;
import dev.stagecoach.lifecycle.usage.UsageNews;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept about one account for deciding: what was told, what was counted, and what it has been through. What is entered
 * is marked until it is {@linkplain #settled kept}.
 */
public final class AccountBook {
    private static final String SOURCE = "/lifecycle-service";
    private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

    private final String account;
    private final Map<String, InstanceTally> instances = new HashMap<>();
    private final FirstUses firstUses = new FirstUses();
    private EventTally events = EventTally.empty();
    private State state = State.NEW;
    private @Nullable AccountFacts facts;
    private final Map<LocalDate, HealthStanding> newScores = new HashMap<>();
    private boolean areFactsNew;
    private boolean isStateNew;

    public AccountBook(String account) {
        this.account = account;
    }

    /**
     * Where an account stands.
     *
     * @param summary the usage that was last told
     * @param summaries how often usage was told; numbers the next time
     * @param recapped the last month whose recap was told
     * @param nextDue when to look again although nothing happened
     * @param problem why the last look failed, and time went on without the account; null where it did not
     */
    public record State(
            Journey journey,
            @Nullable UsageSummary summary,
            int summaries,
            @Nullable YearMonth recapped,
            @Nullable Instant nextDue,
            @Nullable String problem) {
        public static final State NEW = new State(Journey.NONE, null, 0, null, null, null);

        State due(@Nullable Instant at) {
            return new State(journey, summary, summaries, recapped, at, null);
        }

        State putOff(Instant until, String why) {
            return new State(journey, summary, summaries, recapped, until, why);
        }
    }

    /** The outcome of a look: what was decided, and the first uses that were decided on. */
    public record Look(List<Event<?>> decisions, List<FirstUse> firstUses) {}

    /** Takes back what is kept about the account. */
    public void recall(@Nullable AccountFacts known, State kept) {
        facts = known;
        state = kept;
    }

    /** Takes back an instance that is kept. */
    public void recall(InstanceTally instance) {
        instances.put(instance.id(), instance);
    }

    /** Takes back the users that are kept. */
    public void recall(EventTally tally) {
        events = tally;
    }

    public String account() {
        return account;
    }

    /** Null until someone tells. */
    public @Nullable AccountFacts facts() {
        return facts;
    }

    public State state() {
        return state;
    }

    public Collection<InstanceTally> instances() {
        return instances.values();
    }

    /** The instance of that id; null when it never pinged. */
    public @Nullable InstanceTally instance(String id) {
        return instances.get(id);
    }

    public EventTally events() {
        return events;
    }

    public FirstUses firstUses() {
        return firstUses;
    }

    public void tell(AccountFacts told) {
        facts = told;
        areFactsNew = true;
    }

    public void count(Pinged pinged) {
        var ping = pinged.ping();
        InstanceTally instance = instances.get(ping.instance());
        Instant firstPingAt = instance == null ? null : instance.firstPingAt();
        if (isProduction(ping.instance(), ping.production())) {
            firstUses.pinged(ping, firstPingAt, pinged.record());
        }
        if (instance == null) {
            instance = InstanceTally.first(ping);
            instances.put(ping.instance(), instance);
        }
        instance.count(ping);
    }

    private boolean isProduction(String instance, boolean bySelf) {
        AccountFacts known = facts;
        if (known != null) {
            for (Instance listed : known.instances()) {
                if (listed.id().equals(instance)) {
                    return listed.production();
                }
            }
        }
        return bySelf;
    }

    /**
     * Counts an event.
     *
     * @return whether it may change what is decided before the next day begins. The users of the running day do not: means and
     *     months are those of days that are over, and when an account's figures move it is looked at every day
     */
    public boolean count(Used used, Policy policy, Optional<Instant> now) {
        long day = used.epochDay();
        boolean isFirst = events.firstDay() == null;
        EventTally.News news = events.count(used.user(), day, used.feature());
        boolean isFirstUse = news.isAboutAFeature() && firstUses.used(used.feature(), used.at(), used.record());
        return isFirst || isFirstUse || (news.isAboutAUser() && matters(day, policy, now));
    }

    private boolean matters(long day, Policy policy, Optional<Instant> now) {
        AccountFacts known = facts;
        if (now.isEmpty() || known == null) {
            return true;
        }
        long today = Math.floorDiv(now.get().getEpochSecond(), SECONDS_OF_A_DAY);
        Instant tomorrow = Instant.ofEpochSecond((today + 1) * SECONDS_OF_A_DAY);
        Instant due = state.nextDue();
        boolean isAtRest = due == null || due.isAfter(tomorrow);
        boolean doesTodayDecide = policy.of(known.segment()).usage().month() == MonthDefinition.ROLLING_30_DAYS;
        return day < today || isAtRest || doesTodayDecide;
    }

    /**
     * Looks at the account.
     *
     * @param now the time of the last tick; without one nothing can be decided yet, and the first tick finds the account due
     * @return empty as long as nobody told of the account, or what time it is
     */
    public Optional<Look> look(Policy policy, Optional<Instant> now, Cause cause) {
        AccountFacts known = facts;
        if (known == null) {
            enter(state.due(null));
            return Optional.empty();
        }
        if (now.isEmpty()) {
            enter(state.due(Instant.EPOCH));
            return Optional.empty();
        }
        return Optional.of(look(policy, known, now.get(), cause));
    }

    private Look look(Policy policy, AccountFacts known, Instant now, Cause cause) {
        UsageCounts counts = counts(now);
        List<FirstUse> uses =
                firstUses.untold(policy.of(known.segment()).milestones().mostFirstUses());
        Decisions decided = DecideJourney.of(policy, known, counts, state.journey(), uses, now, cause.id());
        List<Event<?>> decisions = new ArrayList<>(decided.events());
        UsageSummary summary = decided.figures().summary(account, now, policy.version());
        boolean isSummaryNew = UsageNews.isNew(state.summary(), summary);
        int summaries = state.summaries();
        if (isSummaryNew) {
            summaries++;
            String id = DecisionId.of("usage-summary", account, summaries);
            decisions.add(Event.of(id, EventType.USAGE_SUMMARY, SOURCE, account, now, cause.id(), summary));
        }
        YearMonth recapped = state.recapped();
        UsagePolicy usage = policy.of(known.segment()).usage();
        LocalDate startedOn = decided.journey().startedOn();
        if (decided.journey().isCustomer()
                && RecapMonth.isOver(usage, Objects.requireNonNull(startedOn), recapped, now)) {
            Optional<Event<UsageRecap>> recap = recap(policy, known, counts, now, cause);
            if (recap.isPresent()) {
                recapped = RecapMonth.before(now);
                decisions.add(recap.get());
            }
        }
        State next = new State(
                decided.journey(),
                isSummaryNew ? summary : state.summary(),
                summaries,
                recapped,
                decided.nextDue().orElse(null),
                null);
        // Nothing is entered before all is decided: a look that fails leaves the book as it was.
        firstUses.told();
        HealthStanding health = next.journey().health();
        if (health.hasOtherScoreThan(state.journey().health())) {
            newScores.put(LocalDate.ofInstant(now, UTC), health);
        }
        enter(next);
        return new Look(decisions, uses);
    }

    private Optional<Event<UsageRecap>> recap(
            Policy policy, AccountFacts known, UsageCounts counts, Instant now, Cause cause) {
        UsageRecap recap = RecapMonth.of(policy, known, counts, events, now);
        String id = DecisionId.of("usage-recap", account, recap.month());
        return RecapMonth.isKnown(recap)
                ? Optional.of(Event.of(id, EventType.USAGE_RECAP, SOURCE, account, now, cause.id(), recap))
                : Optional.empty();
    }

    /** The counts that decisions at that time look at. */
    public UsageCounts counts(Instant now) {
        Map<String, InstanceCounts> ofInstances = new HashMap<>();
        instances.forEach((id, instance) -> ofInstances.put(id, instance.counts()));
        LocalDate today = LocalDate.ofInstant(now, UTC);
        return new UsageCounts(ofInstances, events.counts(today, UsagePolicy.MOST_DAYS, MeasureUsage.ROLLING_DAYS));
    }

    /** The first month of which decisions at that time may want to know the days. */
    public static YearMonth lookingBackTo(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, UTC);
        YearMonth byDays = YearMonth.from(today.minusDays(UsagePolicy.MOST_DAYS));
        YearMonth byMonths = YearMonth.from(today).minusMonths(2);
        return byDays.isBefore(byMonths) ? byDays : byMonths;
    }

    /** Leaves the account as it stands until then, because it cannot be looked at. */
    void putOff(Instant until, String why) {
        enter(state.putOff(until, why));
    }

    /** Makes it due, whatever the last look said. It is kept again after the next one, even if that changes nothing. */
    public void dueAt(Instant at) {
        enter(state.due(at));
    }

    /** Whether it is time to look at the account. */
    public boolean isDue(Instant now) {
        Instant due = state.nextDue();
        return due != null && !due.isAfter(now);
    }

    private void enter(State next) {
        isStateNew = isStateNew || !next.equals(state);
        state = next;
    }

    /** The health at the end of the days on which its score changed since {@link #settled}. */
    public Map<LocalDate, HealthStanding> newScores() {
        return newScores;
    }

    /** Whether facts were told since {@link #settled}. */
    public boolean areFactsNew() {
        return areFactsNew;
    }

    /** Whether the account stands differently since {@link #settled}. */
    public boolean isStateNew() {
        return isStateNew;
    }

    public void factsAreKept() {
        areFactsNew = false;
    }

    public void stateIsKept() {
        isStateNew = false;
    }

    /** What was entered has been kept. */
    public void settled() {
        factsAreKept();
        stateIsKept();
        instances.values().forEach(InstanceTally::settled);
        firstUses.settled();
        events.settled();
        newScores.clear();
    }
}
