package dev.stagecoach.events;

import java.util.List;

/** All contacts of an account. Compacted: the last record of an account is the whole list. */
public record AccountContacts(String account, List<Contact> contacts) implements EventData {
    public AccountContacts {
        Checks.notBlank("account", account);
        contacts = contacts == null ? List.of() : List.copyOf(contacts);
    }
}
