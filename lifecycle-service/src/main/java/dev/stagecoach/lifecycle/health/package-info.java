/** How healthy an account is, by which measures, and what made it better or worse. */
@NullMarked
package dev.stagecoach.lifecycle.health;

import org.jspecify.annotations.NullMarked;
