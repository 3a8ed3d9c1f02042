package dev.stagecoach.outreach.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about an account.
 *
 * @param occurrences opened or changed
 * @param added mails decided on, planned or suppressed
 * @param changed mails that were planned and are suppressed or go to another address now
 * @param next when time alone changes something; null: never
 */
public record Decisions(
        List<Occurrence> occurrences,
        List<Delivery> added,
        List<Delivery> changed,
        @Nullable Instant next) {
    public Decisions {
        occurrences = List.copyOf(occurrences);
        added = List.copyOf(added);
        changed = List.copyOf(changed);
    }

    public Optional<Instant> nextDue() {
        return Optional.ofNullable(next);
    }

    public boolean changeNothing() {
        return occurrences.isEmpty() && added.isEmpty() && changed.isEmpty();
    }
}
