package dev.stagecoach.ingest.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final int MOST = 100_000;
    private static final int MOST_DECOMPRESSED = 400_000;

    private final BodyMemory memory = memoryOf("1M");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"11", "0"})
    void readsWhatComesInPieces(@Nullable String announced) {
        // Given
        RequestBody body = body(null, announced);
        // When
        body.add(Buffer.buffer("one, "));
        body.add(Buffer.buffer("another"));
        // Then
        assertThat(new String(body.read(), StandardCharsets.UTF_8)).isEqualTo("one, another");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"gzip", "x-gzip", " GZIP ", "identity", ""})
    void decompressesWhetherOrNotTheSenderSaysSo(@Nullable String encoding) {
        // Given
        byte[] sent = "something".repeat(30_000).getBytes(StandardCharsets.UTF_8);
        RequestBody body = body(encoding, null);
        // When
        body.add(Buffer.buffer(zip(sent)));
        // Then
        assertThat(body.isCompressed()).isTrue();
        assertThat(body.read()).isEqualTo(sent);
    }

    @Test
    void refusesAnotherCompression() {
        RequestBody body = body("br", null);
        body.add(Buffer.buffer("?"));
        assertRefused(body::read, Refusal.UNREADABLE, "Content-Encoding: br (expected: gzip, or none)");
    }

    @Test
    void refusesWhatIsTooLargeBeforeItIsThere() {
        assertRefused(
                () -> body(null, "100001"),
                Refusal.TOO_LARGE,
                "body: more than 100000 bytes (expected: at most 100000; send smaller batches)");
    }

    @Test
    void refusesWhatBecomesTooLarge() {
        RequestBody body = body(null, null);
        body.add(Buffer.buffer(new byte[MOST]));
        assertRefused(
                () -> body.add(Buffer.buffer(new byte[1])),
                Refusal.TOO_LARGE,
                "body: more than 100000 bytes (expected: at most 100000; send smaller batches)");
    }

    @Test
    void refusesWhatIsTooLargeDecompressed() {
        RequestBody body = body("gzip", null);
        body.add(Buffer.buffer(zip(new byte[MOST_DECOMPRESSED + 1])));
        assertRefused(
                body::read,
                Refusal.TOO_LARGE,
                "decompressed body: more than 400000 bytes (expected: at most 400000; send smaller batches)");
    }

    @Test
    void takesLittleMemoryOnTheWordOfTheSender() {
        // Given
        BodyMemory small = memoryOf("100K");
        RequestBody first = new RequestBody(null, "100000", small.share(), MOST, MOST_DECOMPRESSED);
        RequestBody second = new RequestBody(null, "100000", small.share(), MOST, MOST_DECOMPRESSED);
        // When
        first.add(Buffer.buffer(new byte[40_000]));
        // Then
        assertRefused(
                () -> second.add(Buffer.buffer(new byte[40_000])),
                Refusal.BUSY,
                "too many bytes under way; send it again");
        assertThat(first.isLarge()).isTrue();
        assertThat(body(null, "16384").isLarge()).isFalse();
    }

    @Test
    void readsALargeOneThatComesInPieces() {
        // Given
        byte[] sent = new byte[MOST];
        new Random(7).nextBytes(sent);
        sent[0] = '{';
        RequestBody body = body(null, Integer.toString(MOST));
        // When
        for (int at = 0; at < MOST; at += 8_000) {
            body.add(Buffer.buffer(Arrays.copyOfRange(sent, at, Math.min(MOST, at + 8_000))));
        }
        // Then
        assertThat(body.read()).isEqualTo(sent);
    }

    @Test
    void turnsAwayWhatDoesNotFitBesideTheOthers() {
        // Given
        BodyMemory small = memoryOf("150K");
        BodyMemory.Share first = small.share();
        new RequestBody(null, null, first, MOST, MOST_DECOMPRESSED).add(Buffer.buffer(new byte[MOST]));
        BodyMemory.Share second = small.share();
        // Then
        assertRefused(
                () -> new RequestBody(null, null, second, MOST, MOST_DECOMPRESSED).add(Buffer.buffer(new byte[MOST])),
                Refusal.BUSY,
                "too many bytes under way; send it again");
        second.giveBack();
        first.giveBack();
        assertThat(new RequestBody(null, "100000", small.share(), MOST, MOST_DECOMPRESSED))
                .isNotNull();
    }

    @Test
    void countsWhatABombTakesWhileItGrows() {
        // Given
        BodyMemory small = memoryOf("150K");
        RequestBody body = new RequestBody("gzip", null, small.share(), MOST, MOST_DECOMPRESSED);
        body.add(Buffer.buffer(zip(new byte[MOST_DECOMPRESSED])));
        // Then
        assertRefused(body::read, Refusal.BUSY, "too many bytes under way; send it again");
    }

    private RequestBody body(@Nullable String encoding, @Nullable String announced) {
        return new RequestBody(encoding, announced, memory.share(), MOST, MOST_DECOMPRESSED);
    }

    private static void assertRefused(Runnable reading, Refusal refusal, String message) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal))
                .hasMessage(message);
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static BodyMemory memoryOf(String size) {
        IngestConfig config = new SmallRyeConfigBuilder()
                .withMapping(IngestConfig.class)
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue("stagecoach.ingest.pseudonym-secret", "unused")
                .withDefaultValue("stagecoach.ingest.limits.all-bodies", size)
                .build()
                .getConfigMapping(IngestConfig.class);
        return new BodyMemory(config, new SimpleMeterRegistry());
    }
}
