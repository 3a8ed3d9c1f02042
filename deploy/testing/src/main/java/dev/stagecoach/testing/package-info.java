/** What the services' tests share. */
@NullMarked
package dev.stagecoach.testing;

import org.jspecify.annotations.NullMarked;
