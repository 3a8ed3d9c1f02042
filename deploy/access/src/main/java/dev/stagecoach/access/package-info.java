/** Who may call the services over HTTP, and as whom. Each service says on its resources which role they ask for. */
@NullMarked
package dev.stagecoach.access;

import org.jspecify.annotations.NullMarked;
