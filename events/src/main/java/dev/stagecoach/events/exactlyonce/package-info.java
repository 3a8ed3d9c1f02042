/**
 * Effects exactly once: a batch of records, the state it changes, the events it causes and the offsets it consumed commit in
 * one PostgreSQL transaction. Kafka's own committed offsets are only for monitoring.
 */
@NullMarked
package dev.stagecoach.events.exactlyonce;

import org.jspecify.annotations.NullMarked;
