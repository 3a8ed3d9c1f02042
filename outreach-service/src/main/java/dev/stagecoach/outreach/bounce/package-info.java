/** What it means when a mail comes back. */
@NullMarked
package dev.stagecoach.outreach.bounce;

import org.jspecify.annotations.NullMarked;
