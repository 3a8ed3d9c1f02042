package dev.stagecoach.outreach.mail;

/** What the mail server made of a mail. */
public sealed interface Handover {
    /** It takes care of it from here. */
    record Accepted() implements Handover {}

    /** It will never take it. */
    record Refused(String reason) implements Handover {}

    /** Not this mail, not now. Nothing was handed over. */
    record Postponed(String reason) implements Handover {}

    /** Nobody answers, or nobody lets us in. Nothing was handed over. */
    record Unreachable(String reason) implements Handover {}

    /** It would have taken it, but we were no longer allowed to give it. Nothing was handed over. */
    record Withheld(String reason) implements Handover {}

    /** The connection broke after the server began to take the mail, and nobody can say whether it has it. */
    record Doubtful(String reason) implements Handover {}
}
