/** What is made to fail when, and whether that has changed anything: nothing here starts or stops a process. */
@NullMarked
package dev.stagecoach.local.chaos;

import org.jspecify.annotations.NullMarked;
