package dev.stagecoach.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {

    @TempDir
    private Path directory;

    private Process process;

    @BeforeEach
    void aProcess() throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void aProcessLeftBehindIsEnded() {
        // Given
        var file = directory.resolve("processes");
        new ProcessRecord(file).add(process.toHandle(), "sleeper");

        // When
        new ProcessRecord(file).endAll();

        // Then
        assertThat(process.isAlive()).isFalse();
        assertThat(file).isEmptyFile();
    }

    @Test
    void anotherProcessWithTheSameIdIsLeftAlone() throws IOException {
        // Given
        var file = directory.resolve("processes");
        Files.write(file, List.of(process.pid() + " " + Instant.EPOCH + " sleeper"));

        // When
        new ProcessRecord(file).endAll();

        // Then
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aProcessThatHasEndedIsForgotten() {
        // Given
        var processes = new ProcessRecord(directory.resolve("processes"));
        processes.add(process.toHandle(), "sleeper");

        // When
        processes.remove(process.toHandle());
        processes.endAll();

        // Then
        assertThat(process.isAlive()).isTrue();
    }
}
