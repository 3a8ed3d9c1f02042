/** What outreach knows about an account. Pure. */
@NullMarked
package dev.stagecoach.outreach.account;

import org.jspecify.annotations.NullMarked;
