/** Receives usage over HTTP and writes it to the usage topics. */
@NullMarked
package dev.stagecoach.ingest;

import org.jspecify.annotations.NullMarked;
