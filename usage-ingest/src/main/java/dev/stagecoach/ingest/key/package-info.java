/** With which keys usage may be sent, and for whom they speak. */
@NullMarked
package dev.stagecoach.ingest.key;

import org.jspecify.annotations.NullMarked;
