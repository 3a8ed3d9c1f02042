package dev.stagecoach.alerts.history;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is at an account: ids and roles, and no name or address.
 *
 * @param at when they were told
 */
public record People(String account, Instant at, Map<String, Set<Role>> roles) {
    public static People of(AccountContacts contacts, Instant at) {
        Map<String, Set<Role>> roles = new TreeMap<>();
        for (Contact contact : contacts.contacts()) {
            roles.put(contact.id(), contact.roles());
        }
        return new People(contacts.account(), at, roles);
    }
}
