/** Who gets a mail: roles become people, each once. Pure. */
@NullMarked
package dev.stagecoach.outreach.recipients;

import org.jspecify.annotations.NullMarked;
