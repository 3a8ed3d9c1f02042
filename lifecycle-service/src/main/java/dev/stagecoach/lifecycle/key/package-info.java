/** The keys with which usage may be sent, from their creation to their end. */
@NullMarked
package dev.stagecoach.lifecycle.key;

import org.jspecify.annotations.NullMarked;
