package dev.stagecoach.outreach.delivery;

import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Occasion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account with everything that was decided about it.
 *
 * @param occasions what happened and may still start campaigns
 * @param deliveries those of its occurrences
 * @param nextDue when time alone changes something; null: never
 */
public record Enrolment(
        Account account,
        List<Occasion> occasions,
        List<Occurrence> occurrences,
        List<Delivery> deliveries,
        @Nullable Instant nextDue) {
    public Enrolment {
        occasions = List.copyOf(occasions);
        occurrences = List.copyOf(occurrences);
        deliveries = List.copyOf(deliveries);
    }

    public static Enrolment of(Account account) {
        return new Enrolment(account, List.of(), List.of(), List.of(), null);
    }

    public Enrolment with(Account changed) {
        return new Enrolment(changed, occasions, occurrences, deliveries, nextDue);
    }

    /** Remembers an occasion; one that is known already changes nothing. */
    public Enrolment with(Occasion occasion) {
        boolean known = occasions.stream().anyMatch(other -> other.id().equals(occasion.id()));
        return known
                ? this
                : new Enrolment(
                        account,
                        Stream.concat(occasions.stream(), Stream.of(occasion)).toList(),
                        occurrences,
                        deliveries,
                        nextDue);
    }

    /** The state after decisions were made. */
    public Enrolment after(Decisions decisions) {
        Map<String, Occurrence> newOccurrences = new LinkedHashMap<>();
        occurrences.forEach(occurrence -> newOccurrences.put(occurrence.key(), occurrence));
        decisions.occurrences().forEach(occurrence -> newOccurrences.put(occurrence.key(), occurrence));
        Map<String, Delivery> newDeliveries = new LinkedHashMap<>();
        deliveries.forEach(delivery -> newDeliveries.put(delivery.id(), delivery));
        decisions.added().forEach(delivery -> newDeliveries.put(delivery.id(), delivery));
        decisions.changed().forEach(delivery -> newDeliveries.put(delivery.id(), delivery));
        return new Enrolment(
                account,
                occasions,
                List.copyOf(newOccurrences.values()),
                List.copyOf(newDeliveries.values()),
                decisions.nextDue().orElse(null));
    }

    /** Whether time has come to look at it again, or a person has released a mail. */
    public boolean isDue(Instant now) {
        return (nextDue != null && !nextDue.isAfter(now)) || deliveries.stream().anyMatch(Delivery::isToBePlaced);
    }
}
