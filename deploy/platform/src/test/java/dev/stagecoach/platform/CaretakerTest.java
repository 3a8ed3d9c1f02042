package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaretakerTest {

    @TempDir
    private Path parent;

    @Test
    void nobodyElseStartsInADirectoryBeforeTheServerHasEndedAndAllIsDeleted() throws Exception {
        // Given
        var directory = parent.resolve("data");
        var data = Files.createDirectories(directory.resolve("postgres"));
        var server = serverThatTakesItsTimeToEnd(data);
        try {
            // When
            var tidyingUp = CompletableFuture.runAsync(() -> tidyUp(directory, data));
            await().until(() -> Files.exists(directory.resolve("lock")));

            // Then
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                try (var next = DirectoryLock.acquire(directory, Duration.ZERO).orElse(null)) {
                    return next != null;
                }
            });
            assertThat(server.isAlive()).isFalse();
            assertThat(data).doesNotExist();
            tidyingUp.join();
        } finally {
            server.destroyForcibly();
        }
    }

    private static void tidyUp(Path directory, Path data) {
        try {
            CaretakerMain.tidyUp(directory, new PostgresPidFile(data), true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A shell under the name of PostgreSQL, which does not heed the signal to end. */
    private Process serverThatTakesItsTimeToEnd(Path data) throws Exception {
        var program = Files.copy(
                Path.of("/bin/sh").toRealPath(), parent.resolve("postgres"), StandardCopyOption.COPY_ATTRIBUTES);
        var server = new ProcessBuilder(
                        program.toString(), "-c", "trap '' INT; echo; sleep 2; exit", "sh", data.toString())
                .start();
        server.getInputStream().read();
        Files.write(data.resolve("postmaster.pid"), List.of(Long.toString(server.pid())));
        return server;
    }
}
