package dev.stagecoach.events;

import java.time.LocalDate;

/**
 * A stage that a person set, which holds up to and including a date whatever the rules say.
 *
 * @param until the last UTC day on which it holds
 */
public record StageByHand(Stage stage, LocalDate until, String reason, String author) {
    public StageByHand {
        Checks.present("stage", stage);
        Checks.present("until", until);
        Checks.notBlank("reason", reason);
        Checks.notBlank("author", author);
    }
}
