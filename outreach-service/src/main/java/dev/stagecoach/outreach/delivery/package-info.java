/** Occurrences of campaigns and the mails they make due; {@code Programme} decides. Pure. */
@NullMarked
package dev.stagecoach.outreach.delivery;

import org.jspecify.annotations.NullMarked;
