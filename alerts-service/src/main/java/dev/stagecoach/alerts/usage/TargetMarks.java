package dev.stagecoach.alerts.usage;

import org.jspecify.annotations.Nullable;

/**
 * What has been said about an account's usage target so far.
 *
 * @param told the last crossing that was told; null before the first one
 * @param clear whether usage has been away from the target by the margin since, on the side it crossed to
 */
public record TargetMarks(@Nullable Crossing told, boolean clear) {
    /** Before anything was told. */
    public static final TargetMarks NONE = new TargetMarks(null, false);
}
