/** Which seat thresholds an account crosses, and when one may fire again. */
@NullMarked
package dev.stagecoach.alerts.seats;

import org.jspecify.annotations.NullMarked;
