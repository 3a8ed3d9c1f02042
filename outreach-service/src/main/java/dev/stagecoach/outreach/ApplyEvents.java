package dev.stagecoach.outreach;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.account.ToldFacts;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.Occasion;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.delivery.Enrolment;
import dev.stagecoach.outreach.delivery.EnrolmentChange;
import dev.stagecoach.outreach.delivery.Moment;
import dev.stagecoach.outreach.delivery.Programme;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes in what happened and decides which mails follow. */
public final class ApplyEvents {
    private final Campaigns campaigns;
    private final Programme programme;

    public ApplyEvents(Campaigns campaigns, Programme programme) {
        this.campaigns = campaigns;
        this.programme = programme;
    }

    /** An event with the number of the partition that it came from. */
    public record Incoming(Event<?> event, int partition) {}

    /**
     * Applies a batch.
     *
     * @param batch the events of one partition in order of time
     */
    public void apply(Enrolments enrolments, List<Incoming> batch) {
        Batch state = new Batch(enrolments, batch);
        for (Incoming incoming : batch) {
            Event<?> event = incoming.event();
            if (event.data() instanceof TimeTick) {
                state.leave(incoming.partition(), event.time());
            }
            Moment moment = new Moment(state.advance(incoming.partition(), event.time()), event.id());
            if (event.data() instanceof TimeTick) {
                state.dueIn(incoming.partition(), moment.now())
                        .forEach(enrolment -> state.put(decide(enrolment, moment)));
            } else if (event.account() != null) {
                Enrolment enrolment = state.get(event.account(), incoming.partition());
                Enrolment told = told(enrolment, event, moment.now());
                state.put(event.data() instanceof UsageSummary ? told : decide(told, moment));
            }
        }
        enrolments.save(state.changes(), state.clocks, state.previous);
    }

    private Enrolment decide(Enrolment enrolment, Moment moment) {
        return enrolment.after(programme.decide(enrolment, moment));
    }

    private Enrolment told(Enrolment enrolment, Event<?> event, Instant now) {
        Account account = enrolment.account();
        if (event.data() instanceof AccountFacts facts) {
            return enrolment.with(account.withFacts(facts, event.time()));
        }
        if (event.data() instanceof AccountContacts contacts) {
            return enrolment.with(account.withContacts(contacts.contacts(), event.time()));
        }
        if (event.data() instanceof StageChanged change) {
            Stage entered = change.to();
            Enrolment moved = enrolment.with(account.inStage(entered, event.time()));
            return entered == null ? moved : remember(moved, event, new Trigger.StageEntered(entered), now);
        }
        if (event.data() instanceof UsageSummary usage) {
            return enrolment.with(account.withUsage(usage));
        }
        if (event.data() instanceof UsageRecap recap) {
            return month(enrolment.with(account.withRecap(recap)), event, recap, now);
        }
        if (event.data() instanceof HealthChanged change) {
            Map<String, @Nullable Object> facts = Map.of("health", ToldFacts.health(change));
            return remember(enrolment, event, new Trigger.HealthBecame(Set.of(change.to())), event.time(), now, facts);
        }
        if (event.data() instanceof Milestone.FeatureFirstUsed used) {
            Map<String, @Nullable Object> facts = Map.of("feature", ToldFacts.feature(used.feature()));
            return remember(enrolment, event, new Trigger.FeatureFirstUsed(used.feature()), event.time(), now, facts);
        }
        if (event.data() instanceof Milestone) {
            return remember(enrolment, event, Trigger.MilestoneReached.of(event.type()), now);
        }
        return enrolment;
    }

    /** It happened when the month closed, whenever its recap was made. */
    private Enrolment month(Enrolment enrolment, Event<?> event, UsageRecap recap, Instant now) {
        Instant closed = recap.month()
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Map<String, @Nullable Object> facts = Map.of("recap", ToldFacts.recap(enrolment.account(), recap));
        return remember(enrolment, event, Trigger.MonthClosed.ANY, closed, now, facts);
    }

    private Enrolment remember(Enrolment enrolment, Event<?> event, Trigger trigger, Instant now) {
        return remember(enrolment, event, trigger, event.time(), now, Map.of());
    }

    private Enrolment remember(
            Enrolment enrolment,
            Event<?> event,
            Trigger trigger,
            Instant at,
            Instant now,
            Map<String, @Nullable Object> facts) {
        return campaigns.listenTo(trigger)
                ? enrolment.with(new Occasion(event.id(), trigger, at, now, facts))
                : enrolment;
    }

    /** The accounts of a batch, loaded at once, and the clocks of its partitions. */
    private static final class Batch {
        private final Map<Integer, Instant> clocks;
        private final Map<Integer, Instant> previous = new HashMap<>();
        private final Map<String, Enrolment> before;
        private final Map<String, Enrolment> now;

        Batch(Enrolments enrolments, List<Incoming> batch) {
            Set<Integer> partitions = new HashSet<>();
            Set<String> accounts = new HashSet<>();
            Map<Integer, Instant> ticks = new HashMap<>();
            for (Incoming incoming : batch) {
                partitions.add(incoming.partition());
                Optional.ofNullable(incoming.event().account()).ifPresent(accounts::add);
                if (incoming.event().data() instanceof TimeTick) {
                    ticks.merge(incoming.partition(), incoming.event().time(), Batch::later);
                }
            }
            clocks = new HashMap<>(enrolments.clocks(partitions));
            accounts.addAll(enrolments.due(ticks));
            before = enrolments.load(accounts);
            now = new LinkedHashMap<>(before);
        }

        /** A tick moves time on, unless it came before. */
        void leave(int partition, Instant tick) {
            Instant now = clocks.get(partition);
            if (now != null && tick.isAfter(now)) {
                previous.put(partition, now);
            }
        }

        Instant advance(int partition, Instant time) {
            return clocks.merge(partition, time, Batch::later);
        }

        Enrolment get(String account, int partition) {
            return now.getOrDefault(account, Enrolment.of(Account.unknown(account, partition)));
        }

        List<Enrolment> dueIn(int partition, Instant time) {
            return now.values().stream()
                    .filter(enrolment -> enrolment.account().partition() == partition)
                    .filter(enrolment -> enrolment.isDue(time))
                    .toList();
        }

        void put(Enrolment enrolment) {
            now.put(enrolment.account().id(), enrolment);
        }

        List<EnrolmentChange> changes() {
            return now.values().stream()
                    .map(enrolment -> new EnrolmentChange(
                            before.getOrDefault(
                                    enrolment.account().id(),
                                    Enrolment.of(Account.unknown(
                                            enrolment.account().id(),
                                            enrolment.account().partition()))),
                            enrolment))
                    .filter(change -> !change.before().equals(change.after()))
                    .toList();
        }

        private static Instant later(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }
}
