/** What may be told about an account. */
@NullMarked
package dev.stagecoach.lifecycle.account;

import org.jspecify.annotations.NullMarked;
