package dev.stagecoach.outreach.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a reader can have or not, each by itself: every campaign is of one kind. */
public enum MailKind {
    ONBOARDING("Getting started", "Guides for the first weeks, for you and for the people you invite."),
    CHECK_INS("Check-ins", "After a month, after three, and each quarter: how it goes, and an offer to meet."),
    RECAPS("Monthly recap", "How your team used the product last month, in numbers and one picture."),
    HEALTH("Help when it is needed", "Advice when the numbers say that something is in the way."),
    ENABLEMENT("More from a feature", "Advanced material when your team starts to use something new.");

    private final String title;
    private final String description;

    MailKind(String title, String description) {
        this.title = title;
        this.description = description;
    }

    /** The name in campaign files, tables and JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A few words for the reader. */
    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    /**
     * The inverse of {@link #wireName()}.
     *
     * @throws IllegalArgumentException naming the kinds there are
     */
    public static MailKind of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind: " + wireName + " (expected one of: "
                        + Arrays.stream(values()).map(MailKind::wireName).collect(Collectors.joining(", ")) + ")"));
    }
}
