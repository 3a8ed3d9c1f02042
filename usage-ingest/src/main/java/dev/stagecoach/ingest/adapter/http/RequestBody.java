package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The body of one request, gathered as it comes in. Where it gets too large, gathering ends. */
final class RequestBody {
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;
    private static final int FIRST_BYTES = 4 * 1024;

    /** What is taken on the word of the sender; for more of it, there must be bytes. */
    private static final int MOST_ON_TRUST = 16 * 1024;

    private static final int BUFFER = 16 * 1024;

    private final BodyMemory.Share share;
    private final int maxBytes;
    private final int maxDecompressedBytes;
    private final @Nullable String encoding;

    private int announced;
    private byte[] bytes;
    private int length;

    /**
     * The body of a request of which nothing has been read.
     *
     * @param encoding how it says that it is compressed
     * @param contentLength how many bytes it says that it has
     * @param maxBytes as sent
     * @throws RefusedException when the request says already that it is too large
     */
    RequestBody(
            @Nullable String encoding,
            @Nullable String contentLength,
            BodyMemory.Share share,
            int maxBytes,
            int maxDecompressedBytes) {
        this.share = share;
        this.maxBytes = maxBytes;
        this.maxDecompressedBytes = maxDecompressedBytes;
        this.encoding = encoding;
        this.bytes = new byte[firstBytes(contentLength)];
    }

    private int firstBytes(@Nullable String contentLength) {
        int first = FIRST_BYTES;
        if (contentLength != null) {
            // The HTTP server has refused whatever is no number.
            long length = Long.parseLong(contentLength);
            if (length > maxBytes) {
                throw tooLarge("body", maxBytes);
            }
            announced = (int) length;
            first = Math.min(announced, MOST_ON_TRUST);
        }
        share.take(first);
        return first;
    }

    /** Takes more of it. */
    void add(Buffer more) {
        int needed = length + more.length();
        if (needed > maxBytes) {
            throw tooLarge("body", maxBytes);
        }
        if (needed > bytes.length) {
            int most = announced > 0 ? announced : maxBytes;
            int grown = Math.max(needed, Math.min(most, 4 * bytes.length));
            share.take(grown - bytes.length);
            bytes = Arrays.copyOf(bytes, grown);
        }
        more.getBytes(bytes, length);
        length = needed;
    }

    /** Whether it is worth watching that it comes in. */
    boolean isLarge() {
        return announced == 0 || announced > MOST_ON_TRUST;
    }

    /** Whether {@link #read} has to decompress. Some senders compress without saying so. */
    boolean isCompressed() {
        return (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity"))
                || (length >= 2 && (bytes[0] & 0xff) == GZIP_MAGIC_1 && (bytes[1] & 0xff) == GZIP_MAGIC_2);
    }

    int length() {
        return length;
    }

    /**
     * All of it, decompressed.
     *
     * @throws RefusedException when it is too large, or not compressed in the way that it says
     */
    byte[] read() {
        if (isCompressed()) {
            requireGzip();
            return decompressed();
        }
        if (length > maxDecompressedBytes) {
            throw tooLarge("body", maxDecompressedBytes);
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void requireGzip() {
        String named = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        switch (named) {
            case "", "identity", "gzip", "x-gzip" -> {}
            default ->
                throw new RefusedException(
                        Refusal.UNREADABLE, "Content-Encoding: " + named + " (expected: gzip, or none)");
        }
    }

    private byte[] decompressed() {
        try (InputStream zipped = new GZIPInputStream(new ByteArrayInputStream(bytes, 0, length), BUFFER)) {
            byte[] read = new byte[0];
            int end = 0;
            while (true) {
                if (end == read.length) {
                    read = grown(read);
                }
                int more = zipped.read(read, end, read.length - end);
                if (more < 0) {
                    return Arrays.copyOf(read, end);
                }
                end += more;
                if (end > maxDecompressedBytes) {
                    throw tooLarge("decompressed body", maxDecompressedBytes);
                }
            }
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.UNREADABLE,
                    "body: cannot be read: " + e.getMessage() + " (expected: JSON, plain or gzip)",
                    e);
        }
    }

    private byte[] grown(byte[] full) {
        int grown = Math.min(maxDecompressedBytes + 1, Math.max(BUFFER, Math.max(4 * length, 2 * full.length)));
        share.take(grown - full.length);
        return Arrays.copyOf(full, grown);
    }

    private static RefusedException tooLarge(String what, long max) {
        return new RefusedException(
                Refusal.TOO_LARGE,
                what + ": more than " + max + " bytes (expected: at most " + max + "; send smaller batches)");
    }
}
