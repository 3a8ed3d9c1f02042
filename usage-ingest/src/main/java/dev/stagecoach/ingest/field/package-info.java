/** Reads single values of what senders wrote, with messages that say what was expected. */
@NullMarked
package dev.stagecoach.ingest.field;

import org.jspecify.annotations.NullMarked;
