/** HTTP, Kafka, metrics and the wall clock. */
@NullMarked
package dev.stagecoach.ingest.adapter;

import org.jspecify.annotations.NullMarked;
