/** A mail as it leaves: headers, words, and what a reader may do with it. Pure. */
@NullMarked
package dev.stagecoach.outreach.mail;

import org.jspecify.annotations.NullMarked;
