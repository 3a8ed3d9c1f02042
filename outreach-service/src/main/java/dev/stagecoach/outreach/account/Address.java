package dev.stagecoach.outreach.account;

import dev.stagecoach.events.Contact;
import java.util.Locale;

/** E-mail addresses, compared without regard to case. */
public final class Address {
    private Address() {}

    /** What makes two contacts the same person. */
    public static String of(Contact contact) {
        return contact.email().strip().toLowerCase(Locale.ROOT);
    }
}
