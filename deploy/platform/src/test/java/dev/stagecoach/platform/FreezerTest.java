package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "no /proc")
class FreezerTest {

    /** More than there are processors, so that some wait for one when the signal comes. */
    private static final int THREADS = 16;

    private static final int FREEZES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void nothingRunsAnyMoreWhenItIsFrozen() throws Exception {
        // Given
        var file = Files.write(directory.resolve("counters"), new byte[THREADS * Long.BYTES]);
        var process = ChildJvm.start(
                FreezerTest.class,
                "HUP",
                directory.resolve("log"),
                List.of("-XX:TieredStopAtLevel=1"),
                file.toString());
        var counting = List.of(process.toHandle());
        try {
            var counters = counters(file);
            await().atMost(PATIENCE).until(() -> read(counters).stream().allMatch(count -> count > 0));
            for (int freeze = 0; freeze < FREEZES; freeze++) {
                // When
                Freezer.freeze(counting);
                // Then
                var before = read(counters);
                TimeUnit.MILLISECONDS.sleep(30);
                assertThat(read(counters)).isEqualTo(before);
                // And when
                Freezer.thaw(counting);
                // Then
                await().atMost(PATIENCE).until(() -> !read(counters).equals(before));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatHasEndedIsPassedOver() throws Exception {
        // Given
        var ended = new ProcessBuilder("true").start();
        ended.waitFor();

        // When, then
        Freezer.freeze(List.of(ended.toHandle()));
        Freezer.thaw(List.of(ended.toHandle()));
    }

    private static List<Long> read(ByteBuffer counters) {
        return IntStream.range(0, THREADS)
                .mapToObj(thread -> counters.getLong(thread * Long.BYTES))
                .toList();
    }

    private static ByteBuffer counters(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, THREADS * (long) Long.BYTES);
        }
    }

    /** Counts in a file, with many threads. */
    public static void main(String[] arguments) throws IOException {
        var counters = counters(Path.of(arguments[0]));
        for (int thread = 0; thread < THREADS; thread++) {
            int place = thread * Long.BYTES;
            new Thread(() -> {
                        while (true) {
                            counters.putLong(place, counters.getLong(place) + 1);
                        }
                    })
                    .start();
        }
    }
}
