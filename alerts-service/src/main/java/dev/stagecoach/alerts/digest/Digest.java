package dev.stagecoach.alerts.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What an owner of accounts is told once a week.
 *
 * @param id derived from the owner and the date
 * @param date the owner's date on which it is due
 * @param from what happened after this instant ...
 * @param to ... up to this one, at which it is due, is in it
 * @param sections those that have something to say
 */
public record Digest(String id, String owner, LocalDate date, Instant from, Instant to, List<Section> sections) {
    public Digest {
        sections = List.copyOf(sections);
    }

    /** Whether there is something to tell. */
    public boolean tells() {
        return !sections.isEmpty();
    }

    /**
     * What is told about one subject.
     *
     * @param name {@code stages}, {@code near-thresholds}, {@code renewals}, {@code poor-health} or {@code silent-instances}
     * @param title for people
     */
    public record Section(String name, String title, List<Line> lines) {
        public Section {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What is told about one account.
     *
     * @param name of the account
     * @param text for people, without the name
     * @param link to the page of the account
     */
    public record Line(String account, String name, String text, String link) {}
}
