/** Reads what instances report about themselves. */
@NullMarked
package dev.stagecoach.ingest.ping;

import org.jspecify.annotations.NullMarked;
