package dev.stagecoach.outreach.delivery;

import dev.stagecoach.outreach.campaign.Occasion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a batch did to an account: the difference is what has to be written. */
public record EnrolmentChange(Enrolment before, Enrolment after) {
    public boolean accountChanged() {
        return !before.account().equals(after.account()) || !Objects.equals(before.nextDue(), after.nextDue());
    }

    public boolean contactsChanged() {
        return !before.account().contacts().equals(after.account().contacts());
    }

    public List<Occasion> newOccasions() {
        return after.occasions().stream()
                .filter(occasion -> !before.occasions().contains(occasion))
                .toList();
    }

    /** Opened or changed. */
    public List<Occurrence> occurrences() {
        return after.occurrences().stream()
                .filter(occurrence -> !before.occurrences().contains(occurrence))
                .toList();
    }

    public List<Delivery> newDeliveries() {
        Map<String, Delivery> known = known();
        return after.deliveries().stream()
                .filter(delivery -> !known.containsKey(delivery.id()))
                .toList();
    }

    public List<Delivery> changedDeliveries() {
        Map<String, Delivery> known = known();
        return after.deliveries().stream()
                .filter(delivery -> known.containsKey(delivery.id()))
                .filter(delivery -> !delivery.equals(known.get(delivery.id())))
                .toList();
    }

    private Map<String, Delivery> known() {
        return before.deliveries().stream().collect(Collectors.toMap(Delivery::id, Function.identity()));
    }
}
