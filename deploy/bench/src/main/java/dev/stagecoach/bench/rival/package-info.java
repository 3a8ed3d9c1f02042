/** The same counting as a Kafka Streams program, for comparison: a process of its own, which is not part of the product. */
@NullMarked
package dev.stagecoach.bench.rival;

import org.jspecify.annotations.NullMarked;
