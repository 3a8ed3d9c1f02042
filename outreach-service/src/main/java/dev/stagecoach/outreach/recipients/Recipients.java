package dev.stagecoach.outreach.recipients;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Role;
import dev.stagecoach.outreach.account.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom the roles of an audience reach.
 *
 * @param people each person once, in order of their contact ids
 * @param missing roles that nobody holds
 */
public record Recipients(List<Person> people, List<Role> missing) {
    /** {@code docs/rules.md}, e-mail programme: one person gets one mail, whatever their roles. Addresses that differ in case only are one person's. */
    public static Recipients of(Set<Role> audience, List<Contact> contacts) {
        Map<String, List<Contact>> byAddress = new LinkedHashMap<>();
        contacts.stream()
                .sorted(Comparator.comparing(Contact::id))
                .forEach(contact -> byAddress
                        .computeIfAbsent(Address.of(contact), address -> new ArrayList<>())
                        .add(contact));
        List<Person> people = byAddress.entrySet().stream()
                .flatMap(group -> person(audience, group.getKey(), group.getValue()).stream())
                .toList();
        List<Role> missing = audience.stream()
                .filter(role ->
                        contacts.stream().noneMatch(contact -> contact.roles().contains(role)))
                .sorted()
                .toList();
        return new Recipients(people, missing);
    }

    private static Optional<Person> person(Set<Role> audience, String address, List<Contact> contacts) {
        Set<String> ids = contacts.stream().map(Contact::id).collect(Collectors.toSet());
        return contacts.stream()
                .filter(contact -> contact.roles().stream().anyMatch(audience::contains))
                .findFirst()
                .map(contact -> new Person(contact, address, ids));
    }
}
