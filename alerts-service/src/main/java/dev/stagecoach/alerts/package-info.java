/** Tells teams what needs their attention. */
@NullMarked
package dev.stagecoach.alerts;

import org.jspecify.annotations.NullMarked;
