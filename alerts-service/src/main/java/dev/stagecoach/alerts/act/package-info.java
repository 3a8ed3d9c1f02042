/** What people do with alerts, and what that means for those that come later. */
@NullMarked
package dev.stagecoach.alerts.act;

import org.jspecify.annotations.NullMarked;
