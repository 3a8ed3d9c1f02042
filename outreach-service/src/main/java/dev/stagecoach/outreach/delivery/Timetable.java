package dev.stagecoach.outreach.delivery;

import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.account.Address;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.CapClass;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the planned mails of an account their times. What is due already may be with a sender and keeps its time; all else is placed
 * anew each time, the higher priority first, each at the first time that is neither quiet nor full. So a mail moves when one that is more
 * important comes, or when one before it falls away, and deciding again without news moves nothing.
 */
final class Timetable {
    private final Campaigns campaigns;
    private final SendingTimes times;

    Timetable(Campaigns campaigns, SendingTimes times) {
        this.campaigns = campaigns;
        this.times = times;
    }

    /** A mail to be placed. */
    private record Open(Delivery delivery, Campaign campaign, Occurrence occurrence) {
        boolean counts() {
            return campaign.capClass() == CapClass.COUNTED;
        }
    }

    void arrange(Draft draft, Moment moment) {
        Map<String, Occurrence> occurrences = new LinkedHashMap<>();
        draft.occurrences().forEach(occurrence -> occurrences.put(occurrence.key(), occurrence));
        Map<String, List<LocalDate>> taken = new LinkedHashMap<>();
        List<Open> open = new ArrayList<>();
        for (Delivery delivery : draft.deliveries()) {
            Occurrence occurrence = occurrences.get(delivery.occurrence());
            Campaign campaign = Optional.ofNullable(occurrence)
                    .flatMap(found -> campaigns.of(found.ref()))
                    .orElse(null);
            if (occurrence == null || campaign == null || delivery.address() == null || delivery.held()) {
                continue;
            }
            Open candidate = new Open(delivery, campaign, occurrence);
            if (delivery.isPlanned()
                    && (draft.isNew(delivery) || delivery.dueAt().isAfter(moment.now()))) {
                open.add(candidate);
            } else if (candidate.counts() && delivery.reachesSomebody()) {
                taken.computeIfAbsent(delivery.address(), address -> new ArrayList<>())
                        .add(SendingTimes.dateOf(delivery.dueAt(), zoneOf(delivery, draft.account())));
            }
        }
        open.sort(Comparator.<Open>comparingInt(one -> one.campaign().priority())
                .thenComparing(one -> one.delivery().wantedAt())
                .thenComparing(one -> one.delivery().id()));
        for (Open one : open) {
            place(draft, one, taken.computeIfAbsent(one.delivery().address(), address -> new ArrayList<>()), moment);
        }
    }

    private void place(Draft draft, Open open, List<LocalDate> taken, Moment moment) {
        Delivery delivery = open.delivery();
        ZoneId zone = zoneOf(delivery, draft.account());
        Instant wanted = later(delivery.wantedAt(), moment.now());
        SendingTimes.Slot slot = times.slot(wanted, zone, taken, open.counts());
        if (slot.capped() && slot.due().isAfter(times.lastChance(delivery, open.campaign()))) {
            draft.change(delivery.suppressed(Reasons.FREQUENCY_CAP, moment));
            return;
        }
        if (open.counts()) {
            taken.add(SendingTimes.dateOf(slot.due(), zone));
        }
        // The first reason stands: it explains the time, though by now the mail may wait for less.
        boolean stays = slot.due().equals(delivery.dueAt()) && delivery.waitsBecause() != null;
        String why =
                slot.why() == null && slot.due().isAfter(delivery.wantedAt()) ? delivery.waitsBecause() : slot.why();
        if (!stays && !(slot.due().equals(delivery.dueAt()) && why == null)) {
            draft.change(delivery.dueAt(slot.due(), why));
        }
    }

    private static ZoneId zoneOf(Delivery delivery, Account account) {
        return account.contact(String.valueOf(delivery.contact()))
                .or(() -> account.contacts().stream()
                        .filter(contact -> Address.of(contact).equals(delivery.address()))
                        .findFirst())
                .flatMap(contact -> Optional.ofNullable(contact.timezone()))
                .or(() -> Optional.ofNullable(account.facts()).map(facts -> facts.timezone()))
                .orElse(ZoneOffset.UTC);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
