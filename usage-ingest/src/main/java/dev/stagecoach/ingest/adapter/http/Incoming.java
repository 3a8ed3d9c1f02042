package dev.stagecoach.ingest.adapter.http;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that has come in.
 *
 * @param path without a trailing slash
 * @param key the one in its head, if any
 * @param body decompressed
 */
record Incoming(String path, @Nullable String key, MultiMap headers, byte[] body) {}
