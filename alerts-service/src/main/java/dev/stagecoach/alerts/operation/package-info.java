/** How the services stand, and what is wrong with them. */
@NullMarked
package dev.stagecoach.alerts.operation;

import org.jspecify.annotations.NullMarked;
