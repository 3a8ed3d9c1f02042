package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.Replayed;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** A request that has come in. */
final class Incoming {
    private final String path;
    private final @Nullable String key;
    private final MultiMap headers;
    private final byte[] body;

    Incoming(String path, @Nullable String key, MultiMap headers, byte[] body) {
        this.path = path;
        this.key = key;
        this.headers = headers;
        this.body = body;
    }

    /** Without a trailing slash. */
    String path() {
        return path;
    }

    /** The one in its head, if any. */
    @Nullable String key() {
        return key;
    }

    MultiMap headers() {
        return headers;
    }

    /** Decompressed; nobody changes it. */
    byte[] body() {
        return body;
    }

    /**
     * What it says about having come before.
     *
     * @throws RefusedException when that makes no sense
     */
    Replayed replayed() {
        return Replayed.of(
                headers.get(Replayed.RECEIVED_AT), headers.get(Replayed.ACCOUNT), headers.get(Replayed.KEY_ID));
    }
}
