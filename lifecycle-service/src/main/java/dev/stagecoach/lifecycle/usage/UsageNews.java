package dev.stagecoach.lifecycle.usage;

import dev.stagecoach.events.UsageSummary;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether usage is worth telling again. Figures that decide are told whenever they change; those of running periods change with
 * every user, so that they are told with the others, and by themselves once a day.
 */
public final class UsageNews {
    private UsageNews() {}

    /** Whether {@code after} says something that was not told. */
    public static boolean isNew(@Nullable UsageSummary before, UsageSummary after) {
        if (before == null) {
            return after.source() != null || after.seats() != null;
        }
        return !decideTheSame(before, after)
                || (!before.current().equals(after.current()) && day(before).isBefore(day(after)));
    }

    private static boolean decideTheSame(UsageSummary before, UsageSummary after) {
        return Objects.equals(before.month(), after.month())
                && Objects.equals(before.mau(), after.mau())
                && Objects.equals(before.seats(), after.seats())
                && Objects.equals(before.dauMean28(), after.dauMean28())
                && Objects.equals(before.definition(), after.definition())
                && Objects.equals(before.source(), after.source());
    }

    private static LocalDate day(UsageSummary summary) {
        return LocalDate.ofInstant(summary.asOf(), ZoneOffset.UTC);
    }
}
