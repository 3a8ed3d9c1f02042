package dev.stagecoach.outreach.mail;

import java.util.Locale;

/** What a link in a mail is good for; a link for one purpose is no good for another. */
public enum LinkPurpose {
    SURVEY,
    HELP,
    TRAINING,
    MEETING,
    UNSUBSCRIBE,
    PREFERENCES;

    /** The first segment of the link's path. */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
