package dev.stagecoach.events;

import org.jspecify.annotations.Nullable;

/**
 * Who changed the facts of an account, and by which act.
 *
 * @param act its name, {@code renewal} for instance; further ones may be added
 * @param note what the person wrote about it, if anything
 */
public record ChangedBy(String author, String act, @Nullable String note) {
    public ChangedBy {
        Checks.notBlank("changedBy.author", author);
        Checks.notBlank("changedBy.act", act);
    }
}
