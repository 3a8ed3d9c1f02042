/** Generates load over HTTP, in a process of its own: what it costs is not what the service costs. */
@NullMarked
package dev.stagecoach.bench.load;

import org.jspecify.annotations.NullMarked;
