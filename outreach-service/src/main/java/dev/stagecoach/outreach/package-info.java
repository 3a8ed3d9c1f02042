/** Decides and sends mails to the contacts of accounts. */
@NullMarked
package dev.stagecoach.outreach;

import org.jspecify.annotations.NullMarked;
