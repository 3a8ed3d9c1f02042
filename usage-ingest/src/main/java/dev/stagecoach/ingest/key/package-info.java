/** Whom a write key speaks for, and by which pseudonym a user is known. */
@NullMarked
package dev.stagecoach.ingest.key;

import org.jspecify.annotations.NullMarked;
