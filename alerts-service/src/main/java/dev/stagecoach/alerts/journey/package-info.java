/** Where an account stands on its journey, what the next stage takes, and what time alone will do. */
@NullMarked
package dev.stagecoach.alerts.journey;

import org.jspecify.annotations.NullMarked;
