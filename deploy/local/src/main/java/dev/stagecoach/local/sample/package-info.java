/** The sample portfolio as plain data, and the requests that it makes day by day. Pure: the same day makes the same requests. */
@NullMarked
package dev.stagecoach.local.sample;

import org.jspecify.annotations.NullMarked;
