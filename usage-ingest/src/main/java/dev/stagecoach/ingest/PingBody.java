package dev.stagecoach.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.ingest.ping.Ping;
import org.jspecify.annotations.Nullable;

/**
 * A ping as it came.
 *
 * @param key the licence or write key that it carries, if any
 * @param ping what it says; null when that is not enough
 * @param flaw what is missing or wrong when {@code ping} is null
 * @param json all of it
 */
public record PingBody(
        @Nullable String key, @Nullable Ping ping, @Nullable String flaw, ObjectNode json) {}
