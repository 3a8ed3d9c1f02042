/** The alert policy: which alerts there are, where they go and what they compare with. */
@NullMarked
package dev.stagecoach.alerts.policy;

import org.jspecify.annotations.NullMarked;
