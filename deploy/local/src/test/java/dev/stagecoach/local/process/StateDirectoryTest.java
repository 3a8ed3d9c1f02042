package dev.stagecoach.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

    @TempDir
    private Path path;

    @Test
    void aGuardianThatIsStillAtWorkIsWaitedFor() {
        // Given
        var ofTheGuardian = StateDirectory.open(path);
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(ofTheGuardian::close);

        // When
        try (var state = StateDirectory.open(path)) {

            // Then
            assertThat(state).hasToString(path.toString());
        }
    }
}
