package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.Replayed;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that has come in.
 *
 * @param path without a trailing slash
 * @param key the one in its head, if any
 * @param body decompressed
 */
record Incoming(String path, @Nullable String key, MultiMap headers, byte[] body) {
    /**
     * What it says about having come before.
     *
     * @throws RefusedException when that makes no sense
     */
    Replayed replayed() {
        return Replayed.of(headers.get(Replayed.RECEIVED_AT), headers.get(Replayed.ACCOUNT));
    }
}
