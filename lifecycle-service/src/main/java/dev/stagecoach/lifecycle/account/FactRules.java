package dev.stagecoach.lifecycle.account;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Instance;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which facts cannot be true together, and how much can be told of one account: all of it travels in one record. */
public final class FactRules {
    private static final int MOST_INSTANCES = 1_000;
    private static final int MOST_CONTACTS = 1_000;
    private static final int LONGEST_NAME = 200;
    /** RFC 5321. */
    private static final int LONGEST_ADDRESS = 254;

    /** An account id is a Kafka key, a path segment and part of a mail header. */
    private static final Pattern ACCOUNT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private FactRules() {}

    /**
     * What is wrong with the facts, a sentence each with the fields, their values and what was expected.
     *
     * @param longestExtensionDays how far an extension may move the end of the term
     */
    public static List<String> contradictions(AccountFacts facts, int longestExtensionDays) {
        List<String> found = new ArrayList<>();
        if (!ACCOUNT_ID.matcher(facts.account()).matches()) {
            found.add("account: " + facts.account() + " (expected: up to 100 letters, digits, '.', '_' and '-')");
        }
        notLonger("name", facts.name(), LONGEST_NAME, found);
        notLonger("owners.technicalAdvisor", facts.owners().technicalAdvisor(), LONGEST_NAME, found);
        notLonger("owners.accountExecutive", facts.owners().accountExecutive(), LONGEST_NAME, found);
        seats(facts, found);
        List<String> mistyped = mistyped(facts);
        found.addAll(mistyped);
        if (mistyped.isEmpty()) {
            dates(facts, longestExtensionDays, found);
        }
        instances(facts.instances(), found);
        return List.copyOf(found);
    }

    /** What is too much of the contacts, a sentence each with the field, its value and what was expected. */
    public static List<String> excesses(AccountContacts contacts) {
        List<String> found = new ArrayList<>();
        notMore("contacts", contacts.contacts().size(), MOST_CONTACTS, found);
        for (Contact contact : contacts.contacts()) {
            notLonger("contacts[].id", contact.id(), LONGEST_NAME, found);
            notLonger("contacts[].name", contact.name(), LONGEST_NAME, found);
            notLonger("contacts[].email", contact.email(), LONGEST_ADDRESS, found);
        }
        return List.copyOf(found);
    }

    private static void notMore(String field, int count, int most, List<String> found) {
        if (count > most) {
            found.add(field + ": " + count + " of them (expected: at most " + most + ")");
        }
    }

    private static void notLonger(String field, @Nullable String text, int longest, List<String> found) {
        if (text != null && text.length() > longest) {
            found.add(field + ": " + text.length() + " characters (expected: at most " + longest + ")");
        }
    }

    private static void instances(List<Instance> told, List<String> found) {
        notMore("instances", told.size(), MOST_INSTANCES, found);
        Set<String> instances = new HashSet<>();
        for (Instance instance : told) {
            notLonger("instances[].id", instance.id(), LONGEST_NAME, found);
            if (!instances.add(instance.id())) {
                found.add("instances: " + instance.id() + " is listed twice");
            }
        }
    }

    private static List<String> mistyped(AccountFacts facts) {
        return Stream.of(
                        ToldDates.mistake("expectedCloseOn", facts.expectedCloseOn()),
                        ToldDates.mistake("contractClosedOn", facts.contractClosedOn()),
                        ToldDates.mistake("renewsOn", facts.renewsOn()),
                        ToldDates.mistake("extendedUntil", facts.extendedUntil()),
                        ToldDates.mistake("churnedOn", facts.churnedOn()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static void seats(AccountFacts facts, List<String> found) {
        atLeastOne("seats", facts.seats(), found);
        atLeastOne("addressableUsers", facts.addressableUsers(), found);
        if (facts.unlimitedSeats() && facts.seats() != null) {
            found.add("seats: " + facts.seats() + " contradicts unlimitedSeats: true (leave one of them out)");
        }
    }

    private static void atLeastOne(String field, @Nullable Integer count, List<String> found) {
        if (count != null && count < 1) {
            found.add(field + ": " + count + " (expected: >= 1; leave it out when it is not known)");
        }
    }

    private static void churn(AccountFacts facts, List<String> found) {
        LocalDate churned = facts.churnedOn();
        LocalDate closed = facts.contractClosedOn();
        if (churned != null && (closed == null || churned.isBefore(closed))) {
            found.add("churnedOn: " + churned + " (expected: on or after contractClosedOn, " + closed + ")");
        }
    }

    private static void dates(AccountFacts facts, int longestExtensionDays, List<String> found) {
        LocalDate closed = facts.contractClosedOn();
        LocalDate renews = facts.renewsOn();
        LocalDate extended = facts.extendedUntil();
        if (closed != null && renews != null && !renews.isAfter(closed)) {
            found.add("renewsOn: " + renews + " (expected: after contractClosedOn, " + closed + ")");
        }
        churn(facts, found);
        if (extended == null) {
            return;
        }
        if (renews == null) {
            found.add("extendedUntil: " + extended + " (expected: a renewsOn that it extends)");
        } else if (extended.isBefore(renews)) {
            found.add("extendedUntil: " + extended + " (expected: not before renewsOn, " + renews + ")");
        } else if (extended.isAfter(renews.plusDays(longestExtensionDays))) {
            found.add("extendedUntil: " + extended + " (expected: at most " + longestExtensionDays
                    + " days after renewsOn, " + renews + ")");
        }
    }
}
