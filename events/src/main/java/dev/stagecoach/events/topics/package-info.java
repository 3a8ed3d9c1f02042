/** The topics of a running Kafka, made to be as {@code topics.yaml} has them. */
@NullMarked
package dev.stagecoach.events.topics;

import org.jspecify.annotations.NullMarked;
