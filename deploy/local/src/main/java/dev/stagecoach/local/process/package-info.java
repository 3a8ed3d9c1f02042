/** The processes of one checkout on one machine: how they are started, told about their surroundings, recorded and ended. */
@NullMarked
package dev.stagecoach.local.process;

import org.jspecify.annotations.NullMarked;
