/** Measures Stagecoach on this machine, side by side with what else could do the same. */
@NullMarked
package dev.stagecoach.bench;

import org.jspecify.annotations.NullMarked;
