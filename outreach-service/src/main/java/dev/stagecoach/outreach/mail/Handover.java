package dev.stagecoach.outreach.mail;

/** What the mail server made of a mail. */
public sealed interface Handover {
    /** It takes care of it from here. */
    record Accepted() implements Handover {}

    /** It will never take it. */
    record Refused(String reason) implements Handover {}

    /** Not this mail, not now. Nothing was handed over. */
    record Postponed(String reason) implements Handover {}

    /** Nobody answers. Nothing was handed over. */
    record Unreachable(String reason) implements Handover {}

    /** The connection broke, and nobody can say whether the mail was taken before. */
    record Doubtful(String reason) implements Handover {}
}
