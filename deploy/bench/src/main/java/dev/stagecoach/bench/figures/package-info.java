/** What a run cost, as far as the machine can tell. */
@NullMarked
package dev.stagecoach.bench.figures;

import org.jspecify.annotations.NullMarked;
