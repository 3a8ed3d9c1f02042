/** What a container engine runs in an image of a service to learn whether the service is ready. */
@NullMarked
package dev.stagecoach.probe;

import org.jspecify.annotations.NullMarked;
