/**
 * Starts the real parts that Stagecoach needs (Kafka, PostgreSQL, mail) for tests and for the local stack.
 *
 * <p>{@link dev.stagecoach.platform.Platform#start} is the entrance. By default the parts are embedded: Kafka is a
 * child JVM, PostgreSQL is unpacked and started as a process, and the mail server is GreenMail in this JVM. With the
 * system property {@code platform=containers} Kafka and PostgreSQL run in containers.
 */
@NullMarked
package dev.stagecoach.platform;

import org.jspecify.annotations.NullMarked;
