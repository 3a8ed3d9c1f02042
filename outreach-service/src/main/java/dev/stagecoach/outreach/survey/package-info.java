/** What answers to a survey add up to. Pure. */
@NullMarked
package dev.stagecoach.outreach.survey;

import org.jspecify.annotations.NullMarked;
