/** Kafka, PostgreSQL, HTTP, files and the clock. */
@NullMarked
package dev.stagecoach.lifecycle.adapter;

import org.jspecify.annotations.NullMarked;
