/** Why an account stands where it stands, and where time alone will take it: told by the functions that decide. */
@NullMarked
package dev.stagecoach.lifecycle.explain;

import org.jspecify.annotations.NullMarked;
