package dev.stagecoach.outreach.letter;

import java.util.List;

/**
 * A picture of a month: a bar for each day. It has no words in it; they stand around it, in the reader's language and size.
 *
 * @param src where the HTML finds it
 * @param alt what it shows, in words
 * @param first the label of the first day
 * @param last the label of the last day
 * @param most the label of the highest bar
 * @param days what it is drawn from
 */
public record Picture(String src, String alt, String first, String last, String most, List<DayUse> days) {
    public Picture {
        days = List.copyOf(days);
    }
}
