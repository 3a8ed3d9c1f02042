/** Usage that was rejected: what of it is open, and how it is fed back after a fix. */
@NullMarked
package dev.stagecoach.local.quarantine;

import org.jspecify.annotations.NullMarked;
