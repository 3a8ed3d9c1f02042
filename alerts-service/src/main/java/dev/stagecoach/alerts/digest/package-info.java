/** The weekly digest of those who look after accounts. */
@NullMarked
package dev.stagecoach.alerts.digest;

import org.jspecify.annotations.NullMarked;
