/** Follows usage through the services, for whoever collects traces: W3C trace context, over OpenTelemetry. */
@NullMarked
package dev.stagecoach.traces;

import org.jspecify.annotations.NullMarked;
