package dev.stagecoach.events;

import java.time.LocalDate;

/**
 * Something about an account that no instance reports, as someone told it.
 *
 * @param asOf the UTC day on which it was told
 * @param author who told it
 */
public record Signal<T>(T value, LocalDate asOf, String author) {
    public Signal {
        Checks.present("value", value);
        Checks.present("asOf", asOf);
        Checks.notBlank("author", author);
    }
}
