/** Which stage an account is in, and why. */
@NullMarked
package dev.stagecoach.lifecycle.stage;

import org.jspecify.annotations.NullMarked;
