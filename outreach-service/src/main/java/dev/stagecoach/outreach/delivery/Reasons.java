package dev.stagecoach.outreach.delivery;

import dev.stagecoach.events.Role;
import dev.stagecoach.events.Stage;
import java.util.Locale;
import java.util.regex.Pattern;

/** Why a mail was suppressed, or what others say became of it. */
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

    private static final int LONGEST = 500;
    private static final int LONGEST_READ = 4 * LONGEST;
    private static final Pattern UNREADABLE = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Cs}]+");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>()\"':;,@]+@[^\\s<>()\"':;,@]+");

    private Reasons() {}

    static String noContactFor(Role role) {
        return NO_CONTACT_FOR_ROLE + ": " + role.wireName();
    }

    static String stopped(Stage stage) {
        return stage.wireName().toLowerCase(Locale.ROOT);
    }

    /**
     * What a mail server, or a program on its behalf, says about a mail, as it may be kept and told: on one line, without addresses of
     * people, and not longer than anybody reads.
     */
    public static String inWordsOfOthers(String said) {
        // Cut first: what looks for addresses takes its time with long words.
        String begin = said.length() <= LONGEST_READ ? said : said.substring(0, LONGEST_READ);
        String words = ADDRESS.matcher(UNREADABLE.matcher(begin).replaceAll(" "))
                .replaceAll("…")
                .strip();
        return words.length() <= LONGEST
                ? words
                : words.substring(0, Character.isHighSurrogate(words.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }
}
