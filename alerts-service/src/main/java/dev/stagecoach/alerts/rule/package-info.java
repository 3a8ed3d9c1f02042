/** The alert rules: one class for each kind of alert. */
@NullMarked
package dev.stagecoach.alerts.rule;

import org.jspecify.annotations.NullMarked;
