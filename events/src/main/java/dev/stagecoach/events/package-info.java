/** The contract that the services share: records, topic names, ids and serialisation. */
@NullMarked
package dev.stagecoach.events;

import org.jspecify.annotations.NullMarked;
