/** How fast and how often a chat message is tried. */
@NullMarked
package dev.stagecoach.alerts.delivery;

import org.jspecify.annotations.NullMarked;
