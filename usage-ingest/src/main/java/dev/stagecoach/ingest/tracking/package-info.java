/** Reads usage events as the Segment tracking API sends them. */
@NullMarked
package dev.stagecoach.ingest.tracking;

import org.jspecify.annotations.NullMarked;
