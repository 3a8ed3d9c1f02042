/** Made-up usage in any quantity, always the same for the same seed. */
@NullMarked
package dev.stagecoach.bench.usage;

import org.jspecify.annotations.NullMarked;
