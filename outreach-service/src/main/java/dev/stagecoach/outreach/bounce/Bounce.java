package dev.stagecoach.outreach.bounce;

import dev.stagecoach.outreach.delivery.Reasons;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail that could not be delivered after the mail server had taken it.
 *
 * @param status of RFC 3463, {@code 5.1.1} for instance
 * @param diagnostic what the last server said; empty when it is not known
 */
public record Bounce(String status, String diagnostic) {
    private static final Pattern STATUS = Pattern.compile("([245])\\.\\d{1,3}\\.\\d{1,3}");

    public Bounce {
        if (!STATUS.matcher(status).matches() || status.startsWith("2")) {
            throw new IllegalArgumentException("status: " + status + " (expected: 4.x.x or 5.x.x)");
        }
        diagnostic = Reasons.inWordsOfOthers(diagnostic);
    }

    /**
     * What a report says about one recipient.
     *
     * @param action of RFC 3464; only {@code failed} is an end
     * @param status as in the report, perhaps with a comment
     */
    public static Optional<Bounce> reported(String action, String status, String diagnostic) {
        Matcher found = STATUS.matcher(status);
        return action.strip().equalsIgnoreCase("failed")
                        && found.find()
                        && !found.group().startsWith("2")
                ? Optional.of(new Bounce(found.group(), diagnostic.strip()))
                : Optional.empty();
    }

    /** Whether the next mail to the same address would come back too. */
    public boolean isHard() {
        return status.startsWith("5");
    }

    /** Why the mail bounced, for people. */
    public String reason() {
        return diagnostic.isEmpty() ? status : diagnostic.contains(status) ? diagnostic : status + " " + diagnostic;
    }
}
