package dev.stagecoach.outreach.letter;

import org.jspecify.annotations.Nullable;

/**
 * A number with its name, ready to read.
 *
 * @param value the number, or that it is not known
 * @param change against the month before, in words; null when there is nothing to compare with
 */
public record Figure(String label, String value, @Nullable String change) {}
