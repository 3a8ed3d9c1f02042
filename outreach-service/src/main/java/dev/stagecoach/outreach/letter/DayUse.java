package dev.stagecoach.outreach.letter;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How many people used it on a day.
 *
 * @param users null when it is not known, which is not zero
 */
public record DayUse(LocalDate day, @Nullable Integer users) {}
