/** Reads what senders write, with Jackson. */
@NullMarked
package dev.stagecoach.ingest.adapter.json;

import org.jspecify.annotations.NullMarked;
