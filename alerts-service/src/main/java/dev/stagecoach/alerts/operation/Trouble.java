package dev.stagecoach.alerts.operation;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong.
 *
 * @param what in a line
 * @param toDo what a person does about it
 * @param where more of it is; null when that is all
 */
public record Trouble(
        Kind kind, String what, String toDo, @Nullable String where) {
    /** How bad it is. */
    public enum Kind {
        /** Something does not go on. */
        STUCK,
        /** All goes on, and a person should look. */
        LOOK
    }

    static Trouble stuck(String what, String toDo) {
        return new Trouble(Kind.STUCK, what, toDo, null);
    }

    static Trouble look(String what, String toDo, String where) {
        return new Trouble(Kind.LOOK, what, toDo, where);
    }
}
