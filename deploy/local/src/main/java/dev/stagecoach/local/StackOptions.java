package dev.stagecoach.local;

import java.nio.file.Path;

/**
 * How to run a stack.
 *
 * @param home the checkout whose services run
 * @param state the directory for data, logs and the like
 * @param keep whether the data stays for the next time
 * @param timeLapse whether time comes from whoever publishes ticks, instead of from the clock on the wall
 */
record StackOptions(Path home, Path state, Ports ports, boolean keep, boolean timeLapse) {}
