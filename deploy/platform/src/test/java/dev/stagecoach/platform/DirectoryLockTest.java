package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    private Path parent;

    @Test
    void whoWaitsGetsItAsSoonAsItIsFree() throws Exception {
        // Given
        var held = DirectoryLock.acquire(parent, Duration.ZERO).orElseThrow();

        // When
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(held::close);
        try (var next = DirectoryLock.acquire(parent, Duration.ofSeconds(30)).orElseThrow()) {

            // Then
            assertThat(next).isNotSameAs(held);
        }
    }

    @Test
    void itIsNotTakenFromWhoHoldsIt() throws Exception {
        // Given
        try (var held = DirectoryLock.acquire(parent, Duration.ZERO).orElseThrow()) {
            assertThat(held).isNotNull();

            // When
            var next = DirectoryLock.acquire(parent, Duration.ofMillis(100));

            // Then
            assertThat(next).isEmpty();
        }
    }

    @Test
    void aDirectoryThatIsDeletedIsAnothersAtOnce() throws Exception {
        // Given
        var directory = parent.resolve("data");
        var held = DirectoryLock.acquire(directory, Duration.ZERO).orElseThrow();
        Files.createDirectories(directory.resolve("kafka"));

        // When
        held.deleteDirectory();

        // Then
        assertThat(directory).doesNotExist();
        try (var next = DirectoryLock.acquire(directory, Duration.ZERO).orElseThrow()) {
            held.close();
            assertThat(DirectoryLock.acquire(directory, Duration.ZERO)).isEmpty();
            next.deleteDirectory();
        }
    }
}
