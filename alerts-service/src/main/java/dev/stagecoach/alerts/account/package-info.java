/** What alerts need to know of an account, as it was last heard. */
@NullMarked
package dev.stagecoach.alerts.account;

import org.jspecify.annotations.NullMarked;
