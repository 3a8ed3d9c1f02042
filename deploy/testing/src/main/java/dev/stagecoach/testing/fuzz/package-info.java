/**
 * Bodies that nobody in his right mind sends to usage-ingest, in any quantity and always the same for the same seed ({@link
 * dev.stagecoach.testing.fuzz.FuzzedRequests}), and what it may answer to them ({@link dev.stagecoach.testing.fuzz.FuzzRun}).
 */
@NullMarked
package dev.stagecoach.testing.fuzz;

import org.jspecify.annotations.NullMarked;
