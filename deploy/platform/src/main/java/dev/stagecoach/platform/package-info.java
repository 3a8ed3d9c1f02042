/** Starts Kafka, PostgreSQL and SMTP, embedded or in containers. */
@NullMarked
package dev.stagecoach.platform;

import org.jspecify.annotations.NullMarked;
