/** Whether the usage target is met. */
@NullMarked
package dev.stagecoach.alerts.usage;

import org.jspecify.annotations.NullMarked;
