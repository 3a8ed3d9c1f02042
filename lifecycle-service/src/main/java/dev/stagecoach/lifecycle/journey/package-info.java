/** What an account has been through, and what the rules decide next: stages, goals, targets and firsts. */
@NullMarked
package dev.stagecoach.lifecycle.journey;

import org.jspecify.annotations.NullMarked;
