/** Forgetting a person where Kafka keeps what was told: looking for an address in topics, and having them forget it. */
@NullMarked
package dev.stagecoach.local.erasure;

import org.jspecify.annotations.NullMarked;
