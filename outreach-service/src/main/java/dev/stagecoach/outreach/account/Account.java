package dev.stagecoach.outreach.account;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageSummary;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
 * @param startedOn the date from which touchpoints count: the close of the present contract. A renewal's later close date does
 *     not move it, a new contract after a churn does
 * @param usage the last summary; null until one came
 * @param recaps of the two latest months that had one, in order
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
        @Nullable Instant contactsAt,
        @Nullable LocalDate startedOn,
        @Nullable UsageSummary usage,
        List<UsageRecap> recaps) {
    private static final int RECAPS_KEPT = 2;

    public Account {
        contacts = contacts.stream().sorted(Comparator.comparing(Contact::id)).toList();
        recaps = List.copyOf(recaps);
    }

    /** An account of which nothing is known but that it exists. */
    public static Account unknown(String id, int partition) {
        return new Account(id, partition, null, null, null, null, null, List.of(), null, null, null, List.of());
    }

    public Account withFacts(AccountFacts newFacts, Instant at) {
        return isOlder(at, factsAt)
                ? this
                : new Account(
                        id,
                        partition,
                        newFacts,
                        at,
                        stage,
                        stageSince,
                        onboardingSince,
                        contacts,
                        contactsAt,
                        startedOn(stage, newFacts),
                        usage,
                        recaps);
    }

    public Account withContacts(List<Contact> newContacts, Instant at) {
        return isOlder(at, contactsAt)
                ? this
                : new Account(
                        id,
                        partition,
                        facts,
                        factsAt,
                        stage,
                        stageSince,
                        onboardingSince,
                        newContacts,
                        at,
                        startedOn,
                        usage,
                        recaps);
    }

    public Account inStage(@Nullable Stage newStage, Instant at) {
        if (isOlder(at, stageSince)) {
            return this;
        }
        Instant onboarding = newStage == Stage.ONBOARDING ? at : onboardingSince;
        return new Account(
                id,
                partition,
                facts,
                factsAt,
                newStage,
                at,
                onboarding,
                contacts,
                contactsAt,
                startedOn(newStage, facts),
                usage,
                recaps);
    }

    /** Takes a summary of usage, unless a later one is known. */
    public Account withUsage(UsageSummary summary) {
        return usage != null && summary.asOf().isBefore(usage.asOf())
                ? this
                : new Account(
                        id,
                        partition,
                        facts,
                        factsAt,
                        stage,
                        stageSince,
                        onboardingSince,
                        contacts,
                        contactsAt,
                        startedOn,
                        summary,
                        recaps);
    }

    /** Takes the recap of a month, in whatever order they come. */
    public Account withRecap(UsageRecap recap) {
        List<UsageRecap> known = Stream.concat(
                        recaps.stream().filter(other -> !other.month().equals(recap.month())), Stream.of(recap))
                .sorted(Comparator.comparing(UsageRecap::month))
                .toList();
        List<UsageRecap> latest = known.subList(Math.max(0, known.size() - RECAPS_KEPT), known.size());
        return new Account(
                id,
                partition,
                facts,
                factsAt,
                stage,
                stageSince,
                onboardingSince,
                contacts,
                contactsAt,
                startedOn,
                usage,
                latest);
    }

    /** The recap of a month, if it is one of those kept. */
    public Optional<UsageRecap> recapOf(YearMonth month) {
        return recaps.stream().filter(recap -> recap.month().equals(month)).findFirst();
    }

    /** The recap of the latest month that had one. */
    public Optional<UsageRecap> latestRecap() {
        return recaps.isEmpty() ? Optional.empty() : Optional.of(recaps.get(recaps.size() - 1));
    }

    /**
     * While a contract runs and Onboarding is over, a later close date is a renewal's and an earlier one a correction; at any
     * other time the close date is that of a new contract.
     */
    private @Nullable LocalDate startedOn(@Nullable Stage inStage, @Nullable AccountFacts known) {
        LocalDate closedOn = known == null ? null : known.contractClosedOn();
        if (closedOn == null || startedOn == null) {
            return closedOn == null ? startedOn : closedOn;
        }
        boolean runs = inStage == Stage.ADOPTING || inStage == Stage.NURTURING || inStage == Stage.RENEWING;
        return runs && closedOn.isAfter(startedOn) ? startedOn : closedOn;
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
