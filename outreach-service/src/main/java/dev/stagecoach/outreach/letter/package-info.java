/** What a mail can say: numbers, dates and names in the reader's language, and which of them a trigger offers. Pure. */
@NullMarked
package dev.stagecoach.outreach.letter;

import org.jspecify.annotations.NullMarked;
