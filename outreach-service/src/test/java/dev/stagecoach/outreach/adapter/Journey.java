package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.outreach.ApplyEvents;
import dev.stagecoach.outreach.Enrolments;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Enrolment;
import dev.stagecoach.outreach.delivery.EnrolmentChange;
import dev.stagecoach.outreach.delivery.Occurrence;
import dev.stagecoach.outreach.delivery.Programme;
import dev.stagecoach.outreach.delivery.SendingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One account under the campaigns and rules as they come, day by day: a tick at noon UTC, and whatever is due then is sent. */
final class Journey {
    private static final String ACCOUNT = "acme";

    private final ApplyEvents applyEvents;
    private final InMemoryEnrolments enrolments = new InMemoryEnrolments();
    private final List<String> sent = new ArrayList<>();
    private LocalDate closedOn;
    private Instant now;

    private Journey(LocalDate closedOn, SendingRules rules) {
        PolicyFiles files = new PolicyFiles(Optional.empty());
        Campaigns campaigns = new YamlCampaigns(files, new QuteTemplates(files, Locale.ENGLISH)::exist).read();
        applyEvents = new ApplyEvents(campaigns, new Programme(campaigns, rules, Duration.ofHours(1)));
        this.closedOn = closedOn;
        this.now = noon(closedOn);
    }

    /** Of an account whose contract closed on that day, under the rules of sending as they come. */
    static Journey from(String closedOn) {
        return new Journey(
                LocalDate.parse(closedOn), YamlSendingRules.read(new PolicyFiles(Optional.empty()).sending()));
    }

    /** The same where everything is sent when its campaign wants it. */
    static Journey withoutRulesOfSendingFrom(String closedOn) {
        return new Journey(LocalDate.parse(closedOn), SendingRules.NONE);
    }

    static Contact contact(String id, Role... roles) {
        return contact(id, null, roles);
    }

    static Contact contact(String id, @Nullable ZoneId zone, Role... roles) {
        Set<Role> held = EnumSet.noneOf(Role.class);
        held.addAll(List.of(roles));
        return new Contact(id, id, id + "@acme.example", held, zone);
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }

    Instant now() {
        return now;
    }

    /** A digital customer of Code Search in Onboarding, in this zone. */
    Journey customer(ZoneId zone, Contact... contacts) {
        return facts(zone, closedOn).contacts(contacts).enters(Stage.ONBOARDING);
    }

    Journey customer(Contact... contacts) {
        return customer(ZoneOffset.UTC, contacts);
    }

    Journey facts(ZoneId zone, LocalDate newClosedOn) {
        closedOn = newClosedOn;
        return publish(
                EventType.ACCOUNT_FACTS,
                new AccountFacts(
                        ACCOUNT,
                        "Acme",
                        Segment.DIGITAL,
                        List.of(Product.CODE_SEARCH),
                        100,
                        false,
                        null,
                        null,
                        newClosedOn,
                        newClosedOn.plusYears(1),
                        null,
                        zone,
                        Owners.NONE,
                        List.of(),
                        null));
    }

    Journey contacts(Contact... contacts) {
        return publish(EventType.ACCOUNT_CONTACTS, new AccountContacts(ACCOUNT, List.of(contacts)));
    }

    Journey enters(Stage stage) {
        return publish(
                EventType.STAGE_CHANGED,
                new StageChanged(ACCOUNT, null, stage, now, new Reason("test", List.of(), null, "1")));
    }

    Journey firstPing() {
        return publish(EventType.FIRST_PING, new Milestone.FirstPing(ACCOUNT, now, "instance", "5.9.0"));
    }

    Journey firstUse(String feature) {
        return publish(EventType.FEATURE_FIRST_USED, new Milestone.FeatureFirstUsed(ACCOUNT, now, feature, "ping"));
    }

    Journey healthBecomes(HealthLevel level) {
        return publish(
                EventType.HEALTH_CHANGED,
                new HealthChanged(
                        ACCOUNT, HealthLevel.UNKNOWN, level, 2.0, now, "standard", List.of(), List.of(), "1"));
    }

    Journey recap(String month, int mau) {
        return publish(
                EventType.USAGE_RECAP,
                new UsageRecap(
                        ACCOUNT,
                        YearMonth.parse(month),
                        mau,
                        mau / 2.0,
                        null,
                        List.of(new UsageRecap.FeatureUse("batch-changes", 12)),
                        null));
    }

    private Journey publish(EventType type, EventData data) {
        return take(Event.of(DecisionId.of(type, now, data), type, "/test", ACCOUNT, now, null, data));
    }

    /** What came last comes once more. */
    Journey again() {
        return take(enrolments.last);
    }

    private Journey take(Event<?> event) {
        enrolments.last = event;
        applyEvents.apply(enrolments, List.of(new ApplyEvents.Incoming(event, 0)));
        send();
        return this;
    }

    /** Lets the days pass until noon of this one. */
    Journey until(String day) {
        return until(noon(LocalDate.parse(day)), Duration.ofDays(1));
    }

    Journey until(Instant end, Duration step) {
        while (now.isBefore(end)) {
            now = now.plus(step).isAfter(end) ? end : now.plus(step);
            take(new Event<>(
                    DecisionId.of("tick", now),
                    EventType.TIME_TICK,
                    Topics.TIME_TICKS,
                    "/test",
                    null,
                    now,
                    null,
                    new TimeTick(now)));
        }
        return this;
    }

    private void send() {
        Enrolment enrolment = enrolments.known.get(ACCOUNT);
        if (enrolment == null) {
            return;
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (Delivery delivery : enrolment.deliveries()) {
            boolean due = delivery.isPlanned()
                    && !delivery.held()
                    && !delivery.dueAt().isAfter(now);
            deliveries.add(due ? sent(delivery) : delivery);
            if (due) {
                sent.add(now.atZone(ZoneOffset.UTC).toLocalDate() + " " + delivery.campaign() + " " + delivery.step()
                        + " " + delivery.contact());
            }
        }
        enrolments.known.put(
                ACCOUNT,
                new Enrolment(
                        enrolment.account(),
                        enrolment.occasions(),
                        enrolment.occurrences(),
                        deliveries,
                        enrolment.nextDue()));
    }

    private static Delivery sent(Delivery delivery) {
        return new Delivery(
                delivery.id(),
                delivery.account(),
                delivery.partition(),
                delivery.campaign(),
                delivery.occurrence(),
                delivery.step(),
                delivery.contact(),
                delivery.recipient(),
                delivery.address(),
                DeliveryState.SENT,
                delivery.dueAt(),
                delivery.decidedAt(),
                null,
                delivery.cause(),
                delivery.wantedAt(),
                delivery.held(),
                delivery.waitsBecause());
    }

    /** {@code 2025-05-05 check-in-90-day day-90 pia}, in order. */
    List<String> sent() {
        return sent.stream().sorted().toList();
    }

    List<String> sentOf(String campaign) {
        return sent().stream()
                .filter(mail -> mail.contains(" " + campaign + " "))
                .toList();
    }

    List<Delivery> deliveries() {
        return enrolments.known.get(ACCOUNT).deliveries();
    }

    /** {@code poor-health: cool-down}, in order. */
    List<String> suppressed() {
        return deliveries().stream()
                .filter(delivery -> delivery.state() == DeliveryState.SUPPRESSED)
                .map(delivery -> delivery.campaign() + ": " + delivery.reason())
                .sorted()
                .toList();
    }

    Occurrence occurrence(String key) {
        return enrolments.known.get(ACCOUNT).occurrences().stream()
                .filter(occurrence -> occurrence.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key + " is none of "
                        + enrolments.known.get(ACCOUNT).occurrences().stream()
                                .map(Occurrence::key)
                                .toList()));
    }

    /** How many accounts were written since the journey began. */
    int changes() {
        return enrolments.changes;
    }

    private static final class InMemoryEnrolments implements Enrolments {
        private final Map<String, Enrolment> known = new HashMap<>();
        private final Map<Integer, Instant> clocks = new HashMap<>();
        private Event<?> last;
        private int changes;

        @Override
        public Map<Integer, Instant> clocks(Set<Integer> partitions) {
            return clocks;
        }

        @Override
        public Set<String> due(Map<Integer, Instant> untilByPartition) {
            // More than are due: looking at one too many decides nothing.
            return known.keySet();
        }

        @Override
        public Map<String, Enrolment> load(Set<String> accounts) {
            return known;
        }

        @Override
        public void save(
                Collection<EnrolmentChange> changed, Map<Integer, Instant> newClocks, Map<Integer, Instant> previous) {
            changed.forEach(change -> known.put(change.after().account().id(), change.after()));
            clocks.putAll(newClocks);
            changes += changed.size();
        }
    }
}
