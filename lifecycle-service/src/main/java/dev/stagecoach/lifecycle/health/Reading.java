package dev.stagecoach.lifecycle.health;

/** The value of a measure, or why it is unknown. */
sealed interface Reading {
    /**
     * A value that is known.
     *
     * @param value a number, a truth value or the name of a rating, as the kind of the measure demands
     */
    record Known(Object value) implements Reading {}

    record Unknown(String why) implements Reading {}
}
