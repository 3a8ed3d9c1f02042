/** Decides stages, health and milestones of accounts from their usage. */
@NullMarked
package dev.stagecoach.lifecycle;

import org.jspecify.annotations.NullMarked;
