package dev.stagecoach.outreach.account;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account as the topics told it. An update that is older than what is known changes nothing.
 *
 * @param partition where its events come from; its clock is that partition's
 * @param facts null until they came
 * @param stageSince when it entered its stage
 * @param onboardingSince when it last entered Onboarding: the start of the present contract
 * @param contacts in order of their ids
 * @param contactsAt when the list of contacts was made; null until one came
 */
public record Account(
        String id,
        int partition,
        @Nullable AccountFacts facts,
        @Nullable Instant factsAt,
        @Nullable Stage stage,
        @Nullable Instant stageSince,
        @Nullable Instant onboardingSince,
        List<Contact> contacts,
        @Nullable Instant contactsAt) {
    public Account {
        contacts = contacts.stream().sorted(Comparator.comparing(Contact::id)).toList();
    }

    /** An account of which nothing is known but that it exists. */
    public static Account unknown(String id, int partition) {
        return new Account(id, partition, null, null, null, null, null, List.of(), null);
    }

    public Account withFacts(AccountFacts newFacts, Instant at) {
        return isOlder(at, factsAt)
                ? this
                : new Account(id, partition, newFacts, at, stage, stageSince, onboardingSince, contacts, contactsAt);
    }

    public Account withContacts(List<Contact> newContacts, Instant at) {
        return isOlder(at, contactsAt)
                ? this
                : new Account(id, partition, facts, factsAt, stage, stageSince, onboardingSince, newContacts, at);
    }

    public Account inStage(@Nullable Stage newStage, Instant at) {
        if (isOlder(at, stageSince)) {
            return this;
        }
        Instant onboarding = newStage == Stage.ONBOARDING ? at : onboardingSince;
        return new Account(id, partition, facts, factsAt, newStage, at, onboarding, contacts, contactsAt);
    }

    public String name() {
        return facts == null ? id : facts.name();
    }

    public Optional<LocalDate> contractClosedOn() {
        return Optional.ofNullable(facts).map(AccountFacts::contractClosedOn);
    }

    public Set<Product> products() {
        Set<Product> products = EnumSet.noneOf(Product.class);
        if (facts != null) {
            products.addAll(facts.products());
        }
        return products;
    }

    /** Whether a contract runs: Onboarding or later, and not churned. */
    public boolean isCustomer() {
        return stage != null && stage != Stage.PROSPECT && stage != Stage.CHURNED;
    }

    public Optional<Contact> contact(String contactId) {
        return contacts.stream()
                .filter(contact -> contact.id().equals(contactId))
                .findFirst();
    }

    private static boolean isOlder(Instant at, @Nullable Instant known) {
        return known != null && at.isBefore(known);
    }
}
