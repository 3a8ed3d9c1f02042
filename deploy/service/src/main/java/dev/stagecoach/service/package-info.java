/** What every service has beside its task: it hands out its own description, and its start can be rehearsed. */
@NullMarked
package dev.stagecoach.service;

import org.jspecify.annotations.NullMarked;
