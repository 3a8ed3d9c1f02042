/**
 * The e-mail programme: which customer gets which mail when, each once, and why another does not.
 *
 * <p>This package holds the use cases and what they need from outside. The rules are in {@code campaign}, {@code recipients}
 * and {@code delivery}, the technology in {@code adapter}.
 */
@NullMarked
package dev.stagecoach.outreach;

import org.jspecify.annotations.NullMarked;
