package dev.stagecoach.outreach.delivery;

import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.recipients.Person;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decisions in the making, on top of what was decided before. */
final class Draft {
    private final Enrolment before;
    private final Map<String, Occurrence> occurrences = new LinkedHashMap<>();
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    private final Map<String, Occurrence> changedOccurrences = new LinkedHashMap<>();
    private final Map<String, Delivery> added = new LinkedHashMap<>();
    private final Map<String, Delivery> changed = new LinkedHashMap<>();

    Draft(Enrolment before) {
        this.before = before;
        before.occurrences().forEach(occurrence -> occurrences.put(occurrence.key(), occurrence));
        before.deliveries().forEach(delivery -> deliveries.put(delivery.id(), delivery));
    }

    Enrolment before() {
        return before;
    }

    Account account() {
        return before.account();
    }

    Collection<Occurrence> occurrences() {
        return occurrences.values();
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries.values());
    }

    List<Occurrence> running() {
        return occurrences.values().stream().filter(Occurrence::isRunning).toList();
    }

    List<Delivery> planned(Occurrence occurrence) {
        return deliveries.values().stream()
                .filter(Delivery::isPlanned)
                .filter(delivery -> delivery.occurrence().equals(occurrence.key()))
                .toList();
    }

    /** Whether this person's mail was decided on already, under any of the contacts that stand for the person. */
    boolean isDecided(Occurrence occurrence, Step step, Person person) {
        return deliveries.values().stream()
                .filter(delivery -> delivery.occurrence().equals(occurrence.key()))
                .filter(delivery -> delivery.step().equals(step.step()))
                .anyMatch(delivery -> person.isContact(delivery.recipient())
                        || person.address().equals(delivery.address()));
    }

    void change(Occurrence occurrence) {
        occurrences.put(occurrence.key(), occurrence);
        changedOccurrences.put(occurrence.key(), occurrence);
    }

    /** The first decision about a mail stands. */
    void add(Delivery delivery) {
        if (deliveries.putIfAbsent(delivery.id(), delivery) == null) {
            added.put(delivery.id(), delivery);
        }
    }

    /** Whether it was decided on just now, so that no sender can have it. */
    boolean isNew(Delivery delivery) {
        return added.containsKey(delivery.id());
    }

    void change(Delivery delivery) {
        deliveries.put(delivery.id(), delivery);
        if (added.containsKey(delivery.id())) {
            added.put(delivery.id(), delivery);
        } else {
            changed.put(delivery.id(), delivery);
        }
    }

    Decisions decisions(@Nullable Instant next) {
        return new Decisions(
                List.copyOf(changedOccurrences.values()),
                List.copyOf(added.values()),
                List.copyOf(changed.values()),
                next);
    }
}
