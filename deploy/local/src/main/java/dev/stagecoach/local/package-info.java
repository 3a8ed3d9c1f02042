/** Runs the whole product on one machine with one command. */
@NullMarked
package dev.stagecoach.local;

import org.jspecify.annotations.NullMarked;
