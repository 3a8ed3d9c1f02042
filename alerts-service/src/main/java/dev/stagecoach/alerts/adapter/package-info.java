/** Kafka, PostgreSQL, Slack, HTTP and the page. */
@NullMarked
package dev.stagecoach.alerts.adapter;

import org.jspecify.annotations.NullMarked;
