package dev.stagecoach.alerts.mail;

/** Why a mail was not sent, or waits, in words. */
public final class ReasonWords {
    private static final String NO_CONTACT = "no-contact-for-role";

    private ReasonWords() {}

    /** The reasons of {@code docs/rules.md}; any other as it is. */
    public static String of(String reason) {
        if (reason.startsWith(NO_CONTACT)) {
            String role = reason.substring(NO_CONTACT.length());
            return role.contains("nobody") ? role.replaceFirst("^: ", "") : "nobody holds the role" + role;
        }
        return switch (reason) {
            case "too-late" -> "too late: its trigger was too long ago";
            case "cool-down" -> "cool-down: the last such mail is too recent";
            case "frequency-cap" -> "frequency cap: too many other mails";
            case "quiet-hours" -> "quiet hours where the reader is";
            case "quiet-day" -> "a quiet day where the reader is";
            case "address-bounced" -> "the address bounced before";
            case "unsubscribed" -> "the contact has unsubscribed";
            case "contact-removed" -> "the contact is gone";
            case "same-person" -> "another contact has the same address";
            case "segment-changed" -> "the account left the segment";
            case "churned" -> "the account has churned";
            default -> reason;
        };
    }
}
