package dev.stagecoach.outreach;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Role;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A ledger without a database. Safe for several senders. */
public final class InMemoryDeliveries implements Deliveries {
    private final Map<String, DueMail> mails = new LinkedHashMap<>();
    private final Map<String, String> states = new LinkedHashMap<>();
    private final List<Duration> pauses = new ArrayList<>();

    /** A mail of the campaign's first step, due now. */
    public static DueMail dueMail(String campaign, String step, String contact) {
        return dueMailTo(campaign, step, contact, contact + "@acme.example");
    }

    public static DueMail dueMailTo(String campaign, String step, String contact, String address) {
        Delivery delivery = new Delivery(
                Delivery.idOf(campaign + "/acme/2025-02-03", step, contact),
                "acme",
                0,
                campaign,
                campaign + "/acme/2025-02-03",
                step,
                contact,
                contact,
                address,
                DeliveryState.PLANNED,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);
        Contact person = new Contact(contact, "Ana Ant", address, EnumSet.of(Role.CHAMPION), null);
        return new DueMail(
                1,
                delivery,
                Account.unknown("acme", 0),
                Optional.of(person),
                false,
                Map.of(),
                Optional.empty(),
                Instant.EPOCH,
                0);
    }

    public synchronized void plan(DueMail mail) {
        mails.put(mail.delivery().contact(), mail);
        states.put(mail.delivery().contact(), "planned");
    }

    public synchronized String state(String contact) {
        return states.getOrDefault(contact, "none");
    }

    public synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    public synchronized void claimByAnother(DueMail mail) {
        states.put(mail.delivery().contact(), "claimed by another");
    }

    @Override
    public synchronized List<DueMail> claim(Set<Integer> partitions, int limit, Set<String> without) {
        List<DueMail> claimed = mails.values().stream()
                .filter(mail -> partitions.contains(mail.delivery().partition()))
                .filter(mail -> state(mail.delivery().contact()).equals("planned"))
                .limit(limit)
                .toList();
        claimed.forEach(mail -> states.put(mail.delivery().contact(), "claimed"));
        return claimed;
    }

    @Override
    public synchronized boolean begin(DueMail mail) {
        if (isAnothers(mail)) {
            return false;
        }
        states.put(mail.delivery().contact(), "sending");
        return true;
    }

    private boolean isAnothers(DueMail mail) {
        return state(mail.delivery().contact()).equals("claimed by another");
    }

    @Override
    public synchronized void record(DueMail mail, DeliveryState state, String messageId, String reason) {
        states.put(mail.delivery().contact(), state.wireName() + (reason == null ? "" : ": " + reason));
    }

    @Override
    public synchronized void putBack(DueMail mail, String reason, Duration pause) {
        if (!isAnothers(mail)) {
            pauses.add(pause);
            states.put(mail.delivery().contact(), "planned");
        }
    }

    @Override
    public synchronized void putBehind(DueMail mail, String reason) {
        if (!isAnothers(mail)) {
            states.put(mail.delivery().contact(), "planned behind others: " + reason);
        }
    }

    @Override
    public Optional<DueMail> claimOne(Set<Integer> partitions) {
        return claim(partitions, 1, Set.of()).stream().findFirst();
    }

    @Override
    public synchronized void putOff(DueMail mail, Instant dueAt, String why) {
        if (!isAnothers(mail)) {
            states.put(mail.delivery().contact(), "planned: " + dueAt + " " + why);
        }
    }

    @Override
    public synchronized void letGo(DueMail mail) {
        states.replace(mail.delivery().contact(), "claimed", "planned");
    }

    @Override
    public void settle(Duration atMost) {
        // Everything is written at once.
    }

    @Override
    public int takeOver(Set<Integer> partitions) {
        return 0;
    }

    @Override
    public int abandon(Set<Integer> partitions, Duration begunBefore) {
        return 0;
    }
}
