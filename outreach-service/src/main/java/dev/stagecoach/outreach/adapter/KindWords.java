package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.campaign.Kind;

/** A kind of mails in a few words for its readers. */
record KindWords(String title, String description) {
    static KindWords of(Kind kind) {
        return switch (kind) {
            case ONBOARDING ->
                new KindWords("Getting started", "Guides for the first weeks, for you and for the people you invite.");
            case CHECK_INS ->
                new KindWords(
                        "Check-ins",
                        "After a month, after three, and each quarter: how it goes, and an offer to meet.");
            case RECAPS ->
                new KindWords(
                        "Monthly recap", "How your team used the product last month, in numbers and one picture.");
            case HEALTH ->
                new KindWords("Help when it is needed", "Advice when the numbers say that something is in the way.");
            case ENABLEMENT ->
                new KindWords("More from a feature", "Advanced material when your team starts to use something new.");
        };
    }
}
