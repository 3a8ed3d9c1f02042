/** Telling other programs by webhook, as Standard Webhooks has it: signatures, retries, and when to stop. */
@NullMarked
package dev.stagecoach.alerts.webhook;

import org.jspecify.annotations.NullMarked;
