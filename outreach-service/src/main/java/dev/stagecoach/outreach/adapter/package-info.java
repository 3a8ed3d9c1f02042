/** Kafka, PostgreSQL, SMTP, HTTP, YAML and Qute, each behind a port of the package above. */
@NullMarked
package dev.stagecoach.outreach.adapter;

import org.jspecify.annotations.NullMarked;
