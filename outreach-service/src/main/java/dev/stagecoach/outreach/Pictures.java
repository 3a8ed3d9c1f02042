package dev.stagecoach.outreach;

import dev.stagecoach.outreach.letter.DayUse;
import java.util.List;
import java.util.Optional;

/** Draws what a mail shows. */
public interface Pictures {
    /**
     * A bar for each day, none where its users are not known. Readable on light and on dark, and without words.
     *
     * @return a PNG of twice the size at which it is shown; empty where none can be drawn
     */
    Optional<byte[]> days(List<DayUse> days);
}
