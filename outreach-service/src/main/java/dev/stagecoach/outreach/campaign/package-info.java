/** Campaigns as data: what starts one, who gets it, and which mails follow when. Pure. */
@NullMarked
package dev.stagecoach.outreach.campaign;

import org.jspecify.annotations.NullMarked;
