/** Usage of an account, measured from pings and events. Unknown is not zero. */
@NullMarked
package dev.stagecoach.lifecycle.usage;

import org.jspecify.annotations.NullMarked;
