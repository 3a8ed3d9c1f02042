/** The numbers that decide, as data. */
@NullMarked
package dev.stagecoach.lifecycle.policy;

import org.jspecify.annotations.NullMarked;
