/**
 * What the tests of all services share: the real Kafka, PostgreSQL and mail server for a {@code @QuarkusTest} ({@link
 * dev.stagecoach.testing.StagecoachPlatform}), and the rules of their structure ({@link
 * dev.stagecoach.testing.ArchitectureRules}).
 */
@NullMarked
package dev.stagecoach.testing;

import org.jspecify.annotations.NullMarked;
