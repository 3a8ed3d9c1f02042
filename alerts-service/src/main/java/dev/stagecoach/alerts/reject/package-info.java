/** Records that went no further: usage that was rejected, and what services passed over. */
@NullMarked
package dev.stagecoach.alerts.reject;

import org.jspecify.annotations.NullMarked;
