package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import jakarta.inject.Singleton;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads request bodies, compressed or not, and stops reading where they get too large. */
@Singleton
final class RequestBodies {
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final BodyMemory memory;
    private final long maxBytes;
    private final int maxDecompressedBytes;
    private final int maxPingBytes;

    RequestBodies(IngestConfig config, BodyMemory memory) {
        this.memory = memory;
        maxBytes = config.limits().body().asLongValue();
        maxDecompressedBytes = (int) config.limits().decompressedBody().asLongValue();
        maxPingBytes = (int) config.limits().ping().asLongValue();
    }

    /**
     * Hands a body of usage events, decompressed, to its use, and counts its memory until the use is complete.
     *
     * @throws RefusedException when it is too large, or not compressed in the way that it says
     */
    <T> CompletionStage<T> read(
            InputStream body, @Nullable String contentEncoding, Function<byte[], CompletionStage<T>> use) {
        return read(body, contentEncoding, maxDecompressedBytes, use);
    }

    /** A ping, likewise: it becomes one Kafka record, so it may be less large. */
    <T> CompletionStage<T> readPing(
            InputStream body, @Nullable String contentEncoding, Function<byte[], CompletionStage<T>> use) {
        return read(body, contentEncoding, maxPingBytes, use);
    }

    private <T> CompletionStage<T> read(
            InputStream body,
            @Nullable String contentEncoding,
            int maxDecompressed,
            Function<byte[], CompletionStage<T>> use) {
        BodyMemory.Share share = memory.share();
        boolean inUse = false;
        try {
            byte[] read = read(body, contentEncoding, maxDecompressed, share);
            CompletionStage<T> used = use.apply(read).whenComplete((done, failure) -> share.giveBack());
            inUse = true;
            return used;
        } finally {
            if (!inUse) {
                share.giveBack();
            }
        }
    }

    private byte[] read(
            InputStream body, @Nullable String contentEncoding, int maxDecompressed, BodyMemory.Share share) {
        try {
            InputStream decompressed = decompressed(new Counted(body, this::requireSent), contentEncoding);
            byte[] read = new Counted(decompressed, (more, all) -> share.take(more)).readNBytes(maxDecompressed + 1);
            if (read.length > maxDecompressed) {
                throw tooLarge("decompressed body", maxDecompressed);
            }
            return read;
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.UNREADABLE,
                    "body: cannot be read: " + e.getMessage() + " (expected: JSON, plain or gzip)",
                    e);
        }
    }

    private void requireSent(int more, long all) {
        if (all > maxBytes) {
            throw tooLarge("body", maxBytes);
        }
    }

    private static InputStream decompressed(InputStream body, @Nullable String contentEncoding) throws IOException {
        String encoding = contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(body);
            // Some senders compress without saying so.
            case "", "identity" -> gunzippedIfZipped(body);
            default ->
                throw new RefusedException(
                        Refusal.UNREADABLE, "Content-Encoding: " + encoding + " (expected: gzip, or none)");
        };
    }

    private static InputStream gunzippedIfZipped(InputStream body) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(body, 2);
        byte[] start = peeked.readNBytes(2);
        peeked.unread(start);
        boolean zipped = start.length == 2 && (start[0] & 0xff) == GZIP_MAGIC_1 && (start[1] & 0xff) == GZIP_MAGIC_2;
        return zipped ? new GZIPInputStream(peeked) : peeked;
    }

    private static RefusedException tooLarge(String what, long max) {
        return new RefusedException(
                Refusal.TOO_LARGE,
                what + ": more than " + max + " bytes (expected: at most " + max + "; send smaller batches)");
    }

    /** Told of bytes as they are read: how many more, and how many in all. */
    private interface Counter {
        void read(int more, long all);
    }

    /** Tells a counter what is read, and stops where it throws. */
    private static final class Counted extends FilterInputStream {
        private final Counter counter;
        private long bytes;

        Counted(InputStream body, Counter counter) {
            super(body);
            this.counter = counter;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            bytes += read;
            counter.read(read, bytes);
        }
    }
}
