package dev.stagecoach.bench;

import java.nio.file.Path;

/**
 * Where a benchmark runs.
 *
 * @param home the checkout whose services run
 * @param directory for data, which is deleted at the end, and logs
 */
record Place(Path home, Path directory) {}
