package dev.stagecoach.outreach.delivery;

import dev.stagecoach.events.Role;
import dev.stagecoach.events.Stage;
import java.util.Locale;

/** Why a mail was suppressed. */
public final class Reasons {
    /** Nobody holds a role of the audience; followed by the role. */
    public static final String NO_CONTACT_FOR_ROLE = "no-contact-for-role";
    /** The occasion was older than the campaign's horizon when it became known. */
    public static final String TOO_LATE = "too-late";

    /** The campaign started too short a time ago for the account. */
    public static final String COOL_DOWN = "cool-down";
    /** The person gets so many mails that this one would have waited for too long. */
    public static final String FREQUENCY_CAP = "frequency-cap";

    /** A person decided against it while it waited for approval; followed by who and why. */
    public static final String REJECTED = "rejected";

    /** Mails to the address came back. */
    public static final String ADDRESS_BOUNCED = "address-bounced";

    public static final String UNSUBSCRIBED = "unsubscribed";
    /** The contact is gone, or holds no role of the audience any more. */
    public static final String CONTACT_REMOVED = "contact-removed";
    /** Two contacts turned out to be one person. */
    public static final String SAME_PERSON = "same-person";
    /** The account is of another segment now. */
    public static final String SEGMENT_CHANGED = "segment-changed";

    private Reasons() {}

    static String noContactFor(Role role) {
        return NO_CONTACT_FOR_ROLE + ": " + role.wireName();
    }

    static String stopped(Stage stage) {
        return stage.wireName().toLowerCase(Locale.ROOT);
    }
}
