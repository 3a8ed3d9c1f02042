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
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads request bodies, compressed or not, and stops reading where they get too large. */
@Singleton
final class RequestBodies {
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final long maxBytes;
    private final int maxDecompressedBytes;
    private final int maxPingBytes;

    RequestBodies(IngestConfig config) {
        maxBytes = config.limits().body().asLongValue();
        maxDecompressedBytes = (int) config.limits().decompressedBody().asLongValue();
        maxPingBytes = (int) config.limits().ping().asLongValue();
    }

    /**
     * A body of usage events, decompressed.
     *
     * @throws RefusedException when it is too large, or not compressed in the way that it says
     */
    byte[] read(InputStream body, @Nullable String contentEncoding) {
        return read(body, contentEncoding, maxDecompressedBytes);
    }

    /** A ping, likewise: it becomes one Kafka record, so it may be less large. */
    byte[] readPing(InputStream body, @Nullable String contentEncoding) {
        return read(body, contentEncoding, maxPingBytes);
    }

    private byte[] read(InputStream body, @Nullable String contentEncoding, int maxDecompressed) {
        try {
            byte[] read = decompressed(new Limited(body), contentEncoding).readNBytes(maxDecompressed + 1);
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

    /** Counts what comes in from the network. */
    private final class Limited extends FilterInputStream {
        private long bytes;

        Limited(InputStream body) {
            super(body);
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
            if (bytes > maxBytes) {
                throw tooLarge("body", maxBytes);
            }
        }
    }
}
