package dev.stagecoach.outreach.recipients;

import dev.stagecoach.events.Contact;
import java.util.Set;

/**
 * Someone who gets a mail once, however many contacts and roles stand for them.
 *
 * @param contact the one the mail is for: the first by id
 * @param address the e-mail address, lower case
 * @param contactIds all contacts with this address
 */
public record Person(Contact contact, String address, Set<String> contactIds) {
    public Person {
        contactIds = Set.copyOf(contactIds);
    }

    public boolean isContact(String contactId) {
        return contactIds.contains(contactId);
    }
}
