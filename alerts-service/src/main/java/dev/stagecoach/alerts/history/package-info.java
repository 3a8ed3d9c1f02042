/** What happened to an account, in words and in order. */
@NullMarked
package dev.stagecoach.alerts.history;

import org.jspecify.annotations.NullMarked;
