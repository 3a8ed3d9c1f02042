/** HTTP: from the first byte of a request to its answer. */
@NullMarked
package dev.stagecoach.ingest.adapter.http;

import org.jspecify.annotations.NullMarked;
